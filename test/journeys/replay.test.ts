import { describe, expect, onTestFinished, test } from "vitest";
import { type Finished, jsonLinesOf, listenPlainly, post, RunningBin } from "../helpers/bin.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { runHere } from "../helpers/run-here.ts";
import { type Answer, OK, TargetServer } from "../helpers/target-server.ts";

const CRASH = "HTTP/1.1 500 Oops\r\nContent-Length: 5\r\n\r\ncrash";

describe("replay", () => {
  test("sends the stored bytes again, where they went before; exit 0 says that the target took them", async () => {
    const app = await target(CRASH, OK);
    const hookcli = await afterOneRequest(["--forward", `${app.origin}/app`], "/hooks?x=1");
    const { code, out, err } = await hookcli("replay", "1");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /^#1 {2}POST \/hooks\?x=1 {2}→ http:\/\/127\.0\.0\.1:\d+\/app\/hooks\?x=1 {2}200 in \S+ ms {2}fixed\n$/,
    );
    expect(app.seen[1]?.raw).toEqual(app.seen[0]?.raw);
    const [detail] = jsonLinesOf((await hookcli("show", "1", "--json")).out);
    expect(detail).toMatchObject({
      deliveries: [
        { id: "d1", cause: "forward", status: "failed" },
        { id: "d2", cause: "replay", status: "delivered" },
      ],
    });
  });

  test("exit 1 where the target still refuses, with the beginning of what it said", async () => {
    const app = await target(CRASH);
    const hookcli = await afterOneRequest(["--forward", app.origin]);
    const { code, out } = await hookcli("replay", "latest");
    expect(code).toBe(1);
    expect(out).toMatch(/ 500 in \S+ ms {2}still failing\n {2}↳ crash\n$/);
  });

  test("exit 5 where the target gives no answer", async () => {
    const app = await target();
    const hookcli = await afterOneRequest(["--forward", app.origin]);
    const { origin } = app;
    await app.close();
    const { code, err } = await hookcli("replay", "1");
    expect(code).toBe(5);
    expect(err).toBe(
      `error: ${origin}/ gave no answer: refused (ECONNREFUSED 127.0.0.1:${portOf(origin)})\n  Start your server, then: hookcli replay 1\n`,
    );
  });

  test("--to sends it elsewhere, --header changes a header, --preserve-host keeps the captured Host", async () => {
    const elsewhere = await target();
    const hookcli = await afterOneRequest([], "/hooks");
    expect((await hookcli("replay", "1")).code).toBe(2);
    const flags = ["--to", `${elsewhere.origin}/v2`, "-H", "X-Env: dev", "--preserve-host"];
    expect((await hookcli("replay", "1", ...flags)).code).toBe(0);
    expect(elsewhere.seen[0]).toMatchObject({ path: "/v2/hooks" });
    const headers = elsewhere.seen[0]?.headers ?? [];
    expect(headers[headers.indexOf("host") + 1]).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(headers[headers.indexOf("host") + 1]).not.toBe(`127.0.0.1:${elsewhere.port}`);
    expect(headers[headers.indexOf("X-Env") + 1]).toBe("dev");
  });

  test("--as-captured sends the bytes that came, and takes no edits", async () => {
    const elsewhere = await target();
    const hookcli = await afterOneRequest([], "/hooks");
    const flags = ["--to", elsewhere.origin, "--as-captured"];
    expect((await hookcli("replay", "1", ...flags, "-H", "X-Env: dev")).code).toBe(2);
    expect(elsewhere.seen).toEqual([]);
    expect((await hookcli("replay", "1", ...flags)).code).toBe(0);
    expect(elsewhere.seen).toHaveLength(1);
  });

  test("--timeout is the patience with the target", async () => {
    const app = await target(() => undefined);
    const hookcli = await afterOneRequest([]);
    const { code, err } = await hookcli("replay", "1", "--to", app.origin, "--timeout", "30ms");
    expect(code).toBe(5);
    expect(err).toMatch(/gave no answer: timeout \(ETIMEDOUT: no whole response within 30 ms\)/);
  });

  test("--force is needed for a request of which only a part was stored", async () => {
    const app = await target();
    const hookcli = await afterOneRequest(["--max-body", "4"], "/", "12345678");
    const { code, err } = await hookcli("replay", "1", "--to", app.origin);
    expect([code, err]).toEqual([
      2,
      "error: request 1 is truncated: only 4 B of its body were stored\n  hookcli replay 1 --force sends what is there\n",
    ]);
    expect((await hookcli("replay", "1", "--to", app.origin, "--force")).code).toBe(0);
    expect(app.seen[0]?.body.toString()).toBe("1234");
  });

  test("--json prints the delivery in its documented shape", async () => {
    const app = await target();
    const hookcli = await afterOneRequest(["--forward", app.origin]);
    const [line] = jsonLinesOf((await hookcli("replay", "1", "--json")).out);
    expect(line).toMatchObject({ kind: "delivery", delivery: { cause: "replay", attempts: [{ number: 1 }] } });
  });
});

describe("replay while a listener runs", () => {
  test("goes to the listener's target, and appears on its screen", async () => {
    const app = await target(CRASH, OK);
    const { bin, url } = await listenPlainly(["--forward", app.origin]);
    await post(url);
    await bin.prints(/hookcli replay 1\n/);
    expect((await runHere(["replay", "1"], { folder: bin.folder })).code).toBe(0);
    await bin.prints(
      new RegExp(`#1  order\\.completed  POST /  26 B  → 200 in \\S+ ms  ${app.origin}/  \\(replay\\)\n`),
    );
  });

  test("several listeners with different targets: exit 2 lists them", async () => {
    const [one, two] = [await target(), await target()];
    const first = await listenPlainly(["--forward", one.origin]);
    await post(first.url);
    const second = await listenPlainly(["--forward", two.origin], { folder: first.bin.folder });
    const { code, err } = await runHere(["replay", "1"], { folder: first.bin.folder });
    expect([code, err]).toEqual([
      2,
      `error: several listeners are running, so the target is not clear: ${second.url} -> ${two.origin}; ${first.url} -> ${one.origin}\n  Name the target: hookcli replay 1 --to localhost:8000\n`,
    ]);
  });

  test("listen --json marks it as made elsewhere", async () => {
    const app = await target();
    const bin = RunningBin.start(["listen", "--port", "0", "--json", "--forward", app.origin]);
    const [, url = ""] = await bin.prints(/"capture":"([^"]+)"/);
    await post(url);
    await bin.prints(/"kind":"delivery"/);
    await runHere(["replay", "latest"], { folder: bin.folder });
    await bin.prints(/"elsewhere":true/);
    expect(jsonLinesOf(bin.out).at(-1)).toMatchObject({ kind: "delivery", elsewhere: true, delivery: { id: "d2" } });
  });
});

test("bytes that were no HTTP cannot be replayed", async () => {
  const { bin, url } = await listenPlainly(["--exit-after", "1"]);
  const sender = await RawClient.connect(portOf(url));
  await sender.write("nonsense\r\n\r\n");
  await sender.ended();
  await bin.ended();
  const { code, err } = await runHere(["replay", "1", "--to", "8000"], { folder: bin.folder });
  expect(code).toBe(2);
  expect(err).toBe(
    "error: request 1 was not valid HTTP, so it cannot be sent again\n  hookcli show 1 --raw prints the bytes that came\n",
  );
});

async function target(...answers: readonly Answer[]): Promise<TargetServer> {
  const server = await TargetServer.scripted(...(answers.length > 0 ? answers : [OK]));
  let isClosed = false;
  const close = server.close.bind(server);
  server.close = async () => {
    if (!isClosed) await close();
    isClosed = true;
  };
  onTestFinished(async () => server.close());
  return server;
}

/** Runs the bin on the store of a listener that took one request and ended. */
async function afterOneRequest(
  flags: readonly string[],
  path = "/",
  body?: string,
): Promise<(...args: string[]) => Promise<Finished>> {
  const { bin, url } = await listenPlainly(["--exit-after", "1", ...flags]);
  await post(`${url}${path}`, body);
  await bin.ended();
  return async (...args) => runHere(args, { folder: bin.folder });
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
