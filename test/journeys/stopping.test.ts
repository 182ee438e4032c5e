import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { jsonLinesOf, listenPlainly, type PlainListener, post, RunningBin, runBin } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { TargetServer } from "../helpers/target-server.ts";

describe("a listener ends by itself", () => {
  test("--exit-after 2: when so many requests are settled", async () => {
    const { bin, url } = await listenPlainly(["--exit-after", "2"]);
    await post(url);
    await post(url);
    const { code, out } = await bin.ended();
    expect(code).toBe(0);
    expect(out).toMatch(/\n2 requests: 0 delivered, 0 failed\. Stored in ~\/\.local\/share\/hookcli\/hooks\.db\n$/);
  });

  test("--for 50ms: after this time", async () => {
    const { code, out } = await runBin(["listen", "--port", "0", "--for", "50ms"]);
    expect(code).toBe(0);
    expect(out).toMatch(/\n0 requests: 0 delivered, 0 failed\./);
  });
});

describe("a listener is told to end", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("one %s: exit 0 and a summary", async (signal) => {
    const { bin, url } = await listenPlainly();
    await post(url);
    bin.signal(signal);
    const { code, out, err } = await bin.ended();
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/\n1 request: 0 delivered, 0 failed\. Stored in /);
  });

  test("the first Ctrl-C waits for the delivery that is under way, and the sender gets its reply", async () => {
    const { bin, reply, answer } = await listenerWithDeliveryUnderWay();
    bin.signal("SIGINT");
    await bin.complains(/^waiting for 1 delivery to end; Ctrl-C again stops now\n/);
    answer();
    expect((await reply).status).toBe(200);
    const { code, out } = await bin.ended();
    expect([code, out.split("\n").at(-2)]).toEqual([0, expect.stringMatching(/^1 request: 1 delivered, 0 failed\./)]);
  });

  test("it says so where it waits for a body that is still on its way, and takes it", async () => {
    const { bin, url } = await listenPlainly();
    const client = await RawClient.connect(Number(new URL(url).port));
    await client.write("POST /half HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    await client.receivedMatching(/100 Continue/);
    bin.signal("SIGINT");
    await bin.complains(/^waiting for 1 request to arrive; Ctrl-C again stops now\n/);
    await client.write("abcd");
    await client.receivedMatching(/200 OK/);
    const { code, out } = await bin.ended();
    expect([code, out.split("\n").at(-2)]).toEqual([0, expect.stringMatching(/^1 request: /)]);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("a second %s does not wait: exit %i, and the attempt reads interrupted", async (signal, exitCode) => {
    const { bin, reply } = await listenerWithDeliveryUnderWay();
    const cut = expect(reply).rejects.toThrow("fetch failed");
    bin.signal(signal);
    await bin.complains(/^waiting for 1 delivery/);
    bin.signal(signal);
    expect((await bin.ended()).code).toBe(exitCode);
    await cut;
    const [detail] = jsonLinesOf((await runHere(["show", "1", "--json"], { folder: bin.folder })).out);
    expect(detail).toMatchObject({
      deliveries: [{ status: "failed", attempts: [{ outcome: { kind: "interrupted" } }] }],
    });
  });

  test("no new request is taken meanwhile", async () => {
    const { bin, url } = await listenerWithDeliveryUnderWay();
    bin.signal("SIGINT");
    await bin.complains(/^waiting/);
    await expect(post(url)).rejects.toThrow("fetch failed");
  });
});

test("a listener that is killed loses nothing that it acknowledged", async () => {
  const { bin, url } = await listenPlainly();
  for (let count = 0; count < 5; count += 1) expect((await post(url)).status).toBe(200);
  bin.signal("SIGKILL");
  await bin.ended();
  const { out } = await runHere(["list", "--json"], { folder: bin.folder });
  expect(jsonLinesOf(out)).toHaveLength(5);
});

interface UnderWay extends PlainListener {
  readonly reply: Promise<Response>;
  readonly answer: () => void;
}

/** One request has reached a target that answers when it is told to. */
async function listenerWithDeliveryUnderWay(): Promise<UnderWay> {
  let answer: () => void = () => undefined;
  const target = await TargetServer.answering((socket) => {
    answer = () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  onTestFinished(async () => target.close());
  const { bin, url } = await listenPlainly(["--forward", target.origin]);
  const reply = post(url);
  reply.catch(() => undefined);
  await target.requests(1);
  return { bin, url, reply, answer: () => answer() };
}

test("the listener needs no terminal and no input", async () => {
  const bin = RunningBin.start(["listen", "--port", "0", "--for", "10ms"], { env: { TERM: undefined } });
  const { code, out } = await bin.ended();
  expect(code).toBe(0);
  expect(out).not.toContain("\u001b");
});

test("of a listener that is killed while a fault holds a request, the fault is known all the same", async () => {
  const dbPath = join(temporaryFolder(), "hooks.db");
  const listener = await Listener.start(["--respond", "200", "--fail", "delay:1h"], dbPath);
  onTestFinished(() => listener.kill());
  const cut = expect(fetch(listener.url, { method: "POST", body: "{}" })).rejects.toThrow("fetch failed");
  await listener.line(({ kind }) => kind === "request");
  await listener.kill();
  await cut;
  const [stored] = jsonLinesOf((await runHere(["list", "--json", "--db", dbPath])).out);
  expect(stored).toMatchObject({ request: { reply: { status: null, fault: "delay:1h" } } });
});
