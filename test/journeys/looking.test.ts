import { describe, expect, onTestFinished, test } from "vitest";
import { binPath, type Finished, jsonLinesOf, RunningBin } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { runHere } from "../helpers/run-here.ts";
import { TargetServer } from "../helpers/target-server.ts";
import { testWithTool } from "../helpers/tools.ts";

const BINARY = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const LONG_JSON = JSON.stringify(
  Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`field${at}`, at])),
  null,
  2,
);

describe("list", () => {
  test("shows the newest first, one line each", async () => {
    const look = await storeWithRequests();
    const { out, err, code } = await look("list");
    expect([code, err]).toEqual([0, ""]);
    const [heading, ...rows] = out.trimEnd().split("\n");
    expect(heading).toMatch(/^TIME {6}ID {2}METHOD {2}PATH {15}STATUS {2}TOOK +SIZE {4}SIG {2}PROVIDER {2}EVENT$/);
    expect(rows.map((row) => row.replace(/^\d\d:\d\d:\d\d {2}/, "").replace(/(?:<1|\d+) ms +/, "N ms  "))).toEqual([
      "#3  POST    /long              200     N ms  1.0 kB",
      "#2  PUT     /binary            200     N ms  256 B",
      "#1  POST    /hooks?token=••••  500     N ms  48 B",
    ]);
  });

  test("--limit takes so many, --all shows malformed ones too", async () => {
    const look = await storeWithRequests();
    expect((await look("list", "--limit", "1")).out.match(/#\d/g)).toEqual(["#3"]);
    expect((await look("list", "-n", "2")).out.match(/#\d/g)).toEqual(["#3", "#2"]);
    const all = (await look("list", "--all")).out;
    expect(all.match(/#\d/g)).toEqual(["#4", "#3", "#2", "#1"]);
    expect(all).toMatch(/#4 {2}- {7}\(not HTTP\) .* refused 400/);
  });

  test("--json prints one documented object a line", async () => {
    const look = await storeWithRequests();
    const lines = jsonLinesOf((await look("list", "--json", "--all")).out);
    expect(lines.map(({ kind, request }) => [kind, (request as { completeness: string }).completeness])).toEqual([
      ["request", "malformed"],
      ["request", "complete"],
      ["request", "complete"],
      ["request", "complete"],
    ]);
  });

  test("an empty store says how to begin, and that is no failure", async () => {
    const { code, out, err } = await runHere(["list"]);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toMatch(/^nothing is stored in \S+hooks\.db yet\. Start with: hookcli listen\n$/);
  });
});

describe("show", () => {
  test("shows the request, its deliveries, and the beginning of what is long", async () => {
    const look = await storeWithRequests();
    const { out } = await look("show", "1");
    expect(out).toMatch(/^#1 {2}POST \/hooks\?token=•••• {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\n/);
    expect(out).toMatch(/\ndelivery {2}d1 {2}http:\/\/127\.0\.0\.1:\d+\/hooks\?token=•••• {2}failed\n/);
    expect(out).toMatch(/\n {10}attempt 1 {2}\S+ {2}500 in (?:<1|\d+) ms\n/);
    expect(out).toContain("\nHeaders (4)\n  Host: hooks.test\n  Content-Length: 48\n  Authorization: ••••\n");
    expect(out).toContain('\nBody\n  {"card":"••••","note":"\\x1b[31mred"}\n');
    expect(out).toContain("\nResponse 500 Oops\n  Content-Length: 9\n\nResponse body\n  not today\n");
    expect(out).toMatch(/\nNext: hookcli replay 1\n$/);
    expect((await look("show", "3")).out).toContain(
      "\nBody (the beginning; --body for all, --raw for exact bytes)\n  {\n",
    );
    expect((await look("show", "2")).out).toContain("\nBody 256 B of binary content. hookcli show 2 --raw\n");
  });

  test.each(["3", "#3", "latest", "latest~0"])("a request may be named %s", async (name) => {
    const look = await storeWithRequests();
    expect((await look("show", name)).out).toMatch(/^#3 {2}POST \/long/);
  });

  test("--headers: only them, as they came, credentials masked unless --reveal", async () => {
    const look = await storeWithRequests();
    expect((await look("show", "1", "--headers")).out).toBe(
      "Host: hooks.test\nContent-Length: 48\nAuthorization: ••••\nX-Twice: a\n",
    );
    expect((await look("show", "1", "--headers", "--reveal")).out).toContain("\nAuthorization: Bearer secret\n");
  });

  test("--body: whole, escaped, credentials masked unless --reveal", async () => {
    const look = await storeWithRequests();
    expect((await look("show", "1", "--body")).out).toBe('{"card":"••••","note":"\\x1b[31mred"}\n');
    expect((await look("show", "1", "--body", "--reveal")).out).toContain("4242 4242 4242 4242");
    expect((await look("show", "3", "--body")).out).toBe(`${LONG_JSON}\n`);
  });

  test("--raw: the exact bytes, to a pipe", async () => {
    const look = await storeWithRequests();
    expect((await look("show", "2", "--raw")).stdout).toEqual(BINARY);
    expect((await look("show", "4", "--raw")).stdout.toString()).toBe("nonsense\r\n\r\n");
  });

  testWithTool("script", "--raw: not to a terminal that would obey them, exit 2; plain text is fine", async () => {
    const { listener } = await filledListener();
    const onTerminal = async (id: number): Promise<Finished> =>
      RunningBin.spawn(["script", "-qfec", `"$NODE" "$BIN" show ${id} --raw --color never`, "/dev/null"], {
        env: { NODE: process.execPath, BIN: binPath, HOOKCLI_DB: listener.dbPath },
      }).ended();
    const { code, out } = await onTerminal(1);
    expect(code).toBe(2);
    expect(out).toMatch(/^error: the body of request 1 holds control characters, which a terminal would obey\r\n/);
    expect((await onTerminal(3)).out.replaceAll("\r\n", "\n")).toBe(LONG_JSON);
  });

  test("--json: all of it, documented; bodies with --body", async () => {
    const look = await storeWithRequests();
    const [detail] = jsonLinesOf((await look("show", "2", "--json", "--body", "--reveal")).out);
    expect(detail).toMatchObject({ kind: "detail", bodyBase64: BINARY.toString("base64") });
    const [bare] = jsonLinesOf((await look("show", "1", "--json")).out);
    expect(bare).not.toHaveProperty("bodyBase64");
    expect(bare).toMatchObject({
      headers: expect.arrayContaining([["Authorization", "••••"]]) as unknown,
      deliveries: [{ id: "d1", status: "failed", response: { headers: [["Content-Length", "9"]] } }],
    });
  });
});

/** Three requests and one that was no HTTP, and a function that runs the bin on their store. */
async function storeWithRequests(): Promise<(...args: string[]) => Promise<Finished>> {
  const { listener } = await filledListener();
  return async (...args) => runHere(args, { env: { HOOKCLI_DB: listener.dbPath } });
}

async function filledListener(): Promise<{ readonly listener: Listener }> {
  const target = await TargetServer.scripted(
    "HTTP/1.1 500 Oops\r\nContent-Length: 9\r\n\r\nnot today",
    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
  );
  onTestFinished(async () => target.close());
  const listener = await Listener.start(["--forward", target.origin]);
  onTestFinished(async () => listener.kill());
  const body = '{"card":"4242 4242 4242 4242","note":"\u001b[31mred"}';
  const head = "Host: hooks.test\r\nContent-Length: ";
  await send(
    listener,
    `POST /hooks?token=abc HTTP/1.1\r\n${head}${body.length}\r\nAuthorization: Bearer secret\r\nX-Twice: a\r\n\r\n${body}`,
  );
  await send(listener, Buffer.concat([Buffer.from(`PUT /binary HTTP/1.1\r\n${head}256\r\n\r\n`), BINARY]));
  await send(listener, `POST /long HTTP/1.1\r\n${head}${LONG_JSON.length}\r\n\r\n${LONG_JSON}`);
  await send(listener, "nonsense\r\n\r\n");
  for (const id of [1, 2, 3])
    await listener.line((line) => line.kind === "delivery" && JSON.stringify(line["request"]).includes(`"id":${id},`));
  return { listener };
}

async function send(listener: Listener, bytes: string | Buffer): Promise<void> {
  const sender = await RawClient.connect(listener.port);
  await sender.write(bytes);
  await sender.replies(1);
  sender.close();
}
