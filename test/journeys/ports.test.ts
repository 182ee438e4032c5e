import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { jsonLinesOf, post, RunningBin, runBin } from "../helpers/bin.ts";

const DEFAULT_PORT = 4400;
/** By nobody who listens there, or (127.0.0.2 on macOS, ::1 without IPv6) since there is no such address. */
const REFUSED = expect.stringMatching(/^E(?:CONNREFUSED|ADDRNOTAVAIL|NETUNREACH|HOSTUNREACH)$/) as string;

test("the default port is taken: the next free one is used", async () => {
  await occupy(DEFAULT_PORT);
  const bin = RunningBin.start(["listen"]);
  const [, port] = await bin.prints(/Capture {4}http:\/\/127\.0\.0\.1:(\d+)\n/);
  expect(Number(port)).toBeGreaterThan(DEFAULT_PORT);
  expect(Number(port)).toBeLessThanOrEqual(DEFAULT_PORT + 50);
  expect((await post(`http://127.0.0.1:${port}`)).status).toBe(200);
});

test("a port that was asked for is taken: exit 4, and the hint names another one", async () => {
  const port = await occupy(0);
  const { code, out, err } = await runBin(["listen", "--port", String(port)]);
  expect({ code, out, err }).toEqual({
    code: 4,
    out: "",
    err: `error: port ${port} on 127.0.0.1 is taken by another program\n  Choose another one: hookcli listen --port ${port + 1}, or leave --port out for the next free one\n`,
  });
});

test("HOOKCLI_PORT asks for a port as the flag does, and the flag is stronger", async () => {
  const port = await occupy(0);
  const env = { HOOKCLI_PORT: String(port) };
  expect((await runBin(["listen"], { env })).code).toBe(4);
  const { code, out } = await runBin(["listen", "--port", "0", "--for", "1ms", "--json"], { env });
  expect([code, jsonLinesOf(out).map(({ kind }) => kind)]).toEqual([0, ["ready", "summary"]]);
});

test("an address of another machine cannot be listened on: exit 4", async () => {
  const { code, err } = await runBin(["listen", "--host", "192.0.2.1", "--port", "0"]);
  expect(code).toBe(4);
  expect(err).toMatch(/^error: cannot listen on 192\.0\.2\.1 port 0 \(EADDRNOTAVAIL\)\n/);
});

test("without --host nobody but this machine reaches it: it is on 127.0.0.1 and on no other address", async () => {
  const bin = RunningBin.start(["listen", "--port", "0"]);
  const [, port = ""] = await bin.prints(/Capture {4}http:\/\/127\.0\.0\.1:(\d+)\n/);
  expect((await post(`http://127.0.0.1:${port}`)).status).toBe(200);
  for (const address of ["127.0.0.2", "::1", ...ownAddresses()])
    await expect(once(connect(Number(port), address), "connect")).rejects.toMatchObject({ code: REFUSED });
});

test("--host 0.0.0.0 is a door for everyone, and is said to be", async () => {
  const bin = RunningBin.start(["listen", "--host", "0.0.0.0", "--port", "0"]);
  await bin.complains(/^warning: listening on 0\.0\.0\.0: everyone who reaches this machine can send to your app\./);
  const [, url = ""] = await bin.prints(/Capture {4}(http:\/\/127\.0\.0\.1:\d+)\n/);
  expect((await post(url)).status).toBe(200);
});

/** Those of this machine in its networks. */
function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flat()
    .flatMap((found) => (found && !found.internal && (found.scopeid ?? 0) === 0 ? found.address : []));
}

/** Keeps a port for the length of the test. One that somebody else has is just as taken. */
async function occupy(port: number): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return port;
  }
  return (server.address() as AddressInfo).port;
}
