import { onTestFinished, describe, expect, test } from "vitest";
import { jsonLinesOf, listenPlainly, post } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { runHere } from "../helpers/run-here.ts";
import { type Answer, OK, type SeenRequest, TargetServer } from "../helpers/target-server.ts";

const REAL_ANSWER =
  "HTTP/1.1 202 Taken With Thanks\r\nX-App: shop\r\nContent-Type: text/plain\r\nX-App: again\r\nContent-Length: 5\r\n\r\nmoved";

describe("listen --forward", () => {
  test("gives the sender the app's real answer, byte for byte", async () => {
    const app = await target(REAL_ANSWER);
    const { bin, url } = await listenPlainly(["--forward", app.origin]);
    const sender = await RawClient.connect(Number(new URL(url).port));
    await sender.write(
      'POST /hooks?x=%2F HTTP/1.1\r\nHost: hooks\r\nContent-Length: 8\r\nConnection: close\r\n\r\n{"a": 1}',
    );
    const reply = (await sender.ended()).toString("latin1");

    expect(reply).toBe(REAL_ANSWER.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    expect(app.seen[0]).toMatchObject({ method: "POST", path: "/hooks?x=%2F" });
    expect(app.seen[0]?.body.toString()).toBe('{"a": 1}');
    await bin.prints(/#1  POST \/hooks\?x=%2F  8 B  → 202 in (?:<1|\d+) ms\n/);
  });

  test("shows a failure with the beginning of the answer and the next command", async () => {
    const app = await target('HTTP/1.1 500 Oops\r\nContent-Length: 20\r\n\r\n{"error":"no  such"}');
    const { bin, url } = await listenPlainly(["--forward", app.origin]);
    expect((await post(`${url}/`)).status).toBe(500);
    await bin.prints(/→ 500 in \S+ ms\n {10}↳ \{"error":"no such"\}\n {10}↳ hookcli replay 1\n/);
  });

  test("answers 502 with the reason when nothing listens there, and names the addresses it tried", async () => {
    const port = await closedPort();
    const { bin, url } = await listenPlainly(["--forward", `127.0.0.1:${port}`]);
    const reply = await post(url);
    expect(reply.status).toBe(502);
    expect(reply.headers.get("x-hookcli-reason")).toBe("refused");
    expect(await reply.json()).toEqual({
      error: "the target gave no answer: refused",
      reason: "refused",
      detail: `ECONNREFUSED 127.0.0.1:${port}`,
      id: 1,
      again: "hookcli replay 1",
    });
    await bin.prints(/→ no answer: refused in \S+ ms {2}\(sent 502\)\n {10}↳ ECONNREFUSED 127\.0\.0\.1:\d+\n/);
  });

  test("several times: every target gets the request, the first one answers", async () => {
    const first = await target("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
    const second = await target("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
    const { bin, url } = await listenPlainly(["-f", first.origin, "-f", `${second.origin}/copy`]);
    expect((await post(`${url}/hooks`)).status).toBe(201);
    expect((await second.requests(1))[0]?.path).toBe("/copy/hooks");
    expect(first.seen).toHaveLength(1);
    await bin.prints(new RegExp(`→ 201 in \\S+ ms  ${first.origin}/hooks\n`));
    await bin.prints(new RegExp(`→ 500 in \\S+ ms  ${second.origin}/copy/hooks\n`));
  });

  test("HOOKCLI_FORWARD names targets too", async () => {
    const [one, two] = [await target(), await target()];
    const { url } = await listenPlainly([], { env: { HOOKCLI_FORWARD: `${one.origin} ${two.origin}` } });
    expect((await post(url)).status).toBe(200);
    expect(await two.requests(1)).toHaveLength(1);
    expect(one.seen).toHaveLength(1);
  });

  test("a target that is the capture URL itself is refused", async () => {
    const port = await closedPort();
    const { code, err } = await runHere(["listen", "--port", String(port), "--forward", String(port)]);
    expect({ code, err }).toEqual({
      code: 2,
      err: `error: http://localhost:${port} is the capture URL itself: every request would go round in circles\n  Name the port of your app: hookcli listen --forward localhost:8000\n`,
    });
  });
});

describe("flags of forwarding", () => {
  test("--on-error ack: the sender hears 200 although the target gave no answer", async () => {
    const listener = await listen(["--on-error", "ack", "--forward", `127.0.0.1:${await closedPort()}`]);
    const reply = await post(listener.url);
    expect([reply.status, await reply.json()]).toEqual([200, { status: "acknowledged", id: 1 }]);
    const line = await listener.line(({ kind }) => kind === "delivery");
    expect(line).toMatchObject({ request: { reply: { status: 200, note: "acknowledged: refused" } } });
    expect(line).toMatchObject({ delivery: { status: "failed", attempts: [{ outcome: { reason: "refused" } }] } });
  });

  test("--path: only requests below it are forwarded, the rest is stored", async () => {
    const app = await target();
    const listener = await listen(["--path", "/hooks", "--forward", app.origin]);
    for (const path of ["/hooks", "/hooks/stripe", "/hooksy", "/favicon.ico"]) await post(`${listener.url}${path}`);
    expect(app.seen.map(({ path }) => path)).toEqual(["/hooks", "/hooks/stripe"]);
    expect(jsonLinesOf((await runHere(["list", "--json", "--db", listener.dbPath])).out)).toHaveLength(4);
  });

  test("--header: sets one, replaces one in its place, removes one", async () => {
    const app = await target();
    const listener = await listen(["--forward", app.origin, "-H", "X-New: 1", "-H", "x-old: mended", "-H", "X-Gone:"]);
    await sendRaw(listener, "X-Old: a\r\nX-Gone: b\r\nX-Kept: c\r\nX-OLD: d\r\n");
    expect(pairsOf(app.seen[0]).slice(2)).toEqual(["x-old: mended", "X-Kept: c", "X-New: 1", "content-length: 0"]);
  });

  test("--preserve-host: the target sees the sender's Host; otherwise its own", async () => {
    const app = await target();
    for (const flags of [[], ["--preserve-host"]]) {
      const listener = await listen(["--forward", app.origin, ...flags]);
      await sendRaw(listener, "");
    }
    expect(app.seen.map((seen) => pairsOf(seen)[0])).toEqual([`host: 127.0.0.1:${app.port}`, "host: hooks.test"]);
  });

  test("--timeout: a target that says nothing for so long gave no answer", async () => {
    const app = await target(() => undefined);
    const listener = await listen(["--timeout", "50ms", "--forward", app.origin]);
    const reply = await post(listener.url);
    expect([reply.status, reply.headers.get("x-hookcli-reason")]).toEqual([502, "timeout"]);
  });

  test("--concurrency 1: the next request waits until the target has answered the one before", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const app = await target(async (socket, { path }) => {
      if (path === "/first") await held;
      socket.write(OK);
    });
    const listener = await listen(["--concurrency", "1", "--forward", app.origin]);
    const replies = [post(`${listener.url}/first`)];
    await app.requests(1);
    replies.push(post(`${listener.url}/second`));
    await listener.line(({ kind, request }) => kind === "request" && JSON.stringify(request).includes("/second"));
    expect(app.seen).toHaveLength(1);
    release();
    expect((await Promise.all(replies)).map(({ status }) => status)).toEqual([200, 200]);
    expect(app.seen.map(({ path }) => path)).toEqual(["/first", "/second"]);
  });

  test("--max-body: a larger one is cut, stored so far, and answered 413", async () => {
    const app = await target();
    const listener = await listen(["--max-body", "1KiB", "--forward", app.origin]);
    const reply = await post(listener.url, "x".repeat(5000));
    expect([reply.status, reply.headers.get("x-hookcli-reason")]).toEqual([413, "body-too-large"]);
    const line = await listener.line(({ kind }) => kind === "request");
    expect(line).toMatchObject({ request: { completeness: "truncated", size: 1024 } });
    expect(app.seen).toEqual([]);
  });
});

describe("listen without --forward", () => {
  test.each([
    [[], 200, "application/json", '{"status":"captured","id":1}\n'],
    [["--respond", "204"], 204, null, ""],
    [["--respond", '202:{"ok":true}'], 202, "application/json", '{"ok":true}'],
    [["--respond", "200:thank you: all of it"], 200, "text/plain; charset=utf-8", "thank you: all of it"],
  ] as const)("%j answers %i", async (flags, status, type, body) => {
    const { bin, url } = await listenPlainly(flags);
    const reply = await post(url);
    expect([reply.status, reply.headers.get("content-type"), await reply.text()]).toEqual([status, type, body]);
    await bin.prints(new RegExp(`→ stored, replied ${status}\n`));
  });
});

async function target(answer: Answer = OK): Promise<TargetServer> {
  const server = await TargetServer.answering(answer);
  onTestFinished(async () => server.close());
  return server;
}

async function listen(args: readonly string[]): Promise<Listener> {
  const listener = await Listener.start(args);
  onTestFinished(async () => listener.kill());
  return listener;
}

async function closedPort(): Promise<number> {
  const server = await TargetServer.answering();
  const { port } = server;
  await server.close();
  return port;
}

async function sendRaw(listener: Listener, headers: string): Promise<void> {
  const sender = await RawClient.connect(listener.port);
  await sender.write(`POST / HTTP/1.1\r\nHost: hooks.test\r\n${headers}Content-Length: 0\r\n\r\n`);
  await sender.replies(1);
  sender.close();
}

function pairsOf(seen: SeenRequest | undefined): readonly string[] {
  const pairs = seen?.headers ?? [];
  return pairs.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${pairs[at + 1]}`] : []));
}
