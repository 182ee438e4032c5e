import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { jsonLinesOf, listenPlainly, post, RunningBin } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { OK, TargetServer } from "../helpers/target-server.ts";

const FAILED = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

describe("a script starts a listener, fires an event and waits", () => {
  test("the request was faster than the wait: it counts all the same", async () => {
    const { bin, url } = await listenPlainly();
    await post(url);
    const { code, out, err } = await runHere(["wait", "type:order.completed"], { folder: bin.folder });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^TIME +ID +.*\n\S+ +#1 +.*POST.*\n$/);
  });

  test("the wait was faster than store and listener: it goes on until enough has come", async () => {
    const folder = temporaryFolder();
    const waiting = RunningBin.start(["wait", "--count", "2", "--json"], { folder });
    const { url } = await listenPlainly([], { folder });
    await post(`${url}/1`);
    await post(`${url}/2`);
    const { code, out } = await waiting.ended();
    expect(code).toBe(0);
    expect(jsonLinesOf(out).map(({ kind, request }) => [kind, (request as { target: string }).target])).toEqual([
      ["request", "/1"],
      ["request", "/2"],
    ]);
  });

  test("with a filter about the delivery it waits for your app's answer", async () => {
    const { bin, url, answer } = await listenerWithSlowApp();
    const sent = post(url);
    const waiting = RunningBin.start(["wait", "is:ok", "--json"], { folder: bin.folder });
    const arrived = await runHere(["wait", "method:post", "--json"], { folder: bin.folder });
    expect(jsonLinesOf(arrived.out)).toMatchObject([{ delivery: { status: "pending" } }]);
    expect(waiting.out).toBe("");
    await answer(OK);
    const { code, out } = await waiting.ended();
    expect(code).toBe(0);
    expect(jsonLinesOf(out)).toMatchObject([{ request: { id: 1 }, delivery: { status: "delivered" } }]);
    expect((await sent).status).toBe(200);
  });

  test("what an earlier listener took does not count, unless it is asked for", async () => {
    const folder = temporaryFolder();
    const first = await listenPlainly(["--exit-after", "1"], { folder });
    await post(first.url);
    await first.bin.ended();
    const { url } = await listenPlainly([], { folder });
    const waiting = RunningBin.start(["wait", "--json"], { folder });
    await post(url);
    expect(jsonLinesOf((await waiting.ended()).out)).toMatchObject([{ request: { id: 2 } }]);
    const stored = await runHere(["wait", "--include-stored", "--json"], { folder });
    expect(jsonLinesOf(stored.out)).toMatchObject([{ request: { id: 1 } }]);
  });

  test("--after goes on behind a request; latest means from now on", async () => {
    const { bin, url } = await listenPlainly();
    await post(`${url}/1`);
    await post(`${url}/2`);
    const { folder } = bin;
    const next = await runHere(["wait", "--after", "1", "--json"], { folder });
    expect(jsonLinesOf(next.out)).toMatchObject([{ request: { id: 2 } }]);
    const none = await runHere(["wait", "--after", "latest", "--timeout", "1ms"], { folder });
    expect(none.code).toBe(124);
    const all = await runHere(["wait", "--after", "0", "--count", "2", "--json"], { folder });
    expect(jsonLinesOf(all.out)).toHaveLength(2);
  });
});

describe("the time is over", () => {
  test("exit 124, what was seen, and nothing on standard output that did not match", async () => {
    const { bin, url } = await listenPlainly();
    await post(url);
    const { code, out, err } = await runHere(["wait", "--count", "3", "--timeout", "50ms"], { folder: bin.folder });
    expect(code).toBe(124);
    expect(out.split("\n")).toHaveLength(3);
    expect(err).toBe(
      "error: waited 50 ms: 1 of 3 matching requests came\n  hookcli list shows what came; --timeout 2m waits longer\n",
    );
  });

  test("it says so when what matches came too early", async () => {
    const folder = temporaryFolder();
    const { bin, url } = await listenPlainly(["--exit-after", "1"], { folder });
    await post(url);
    await bin.ended();
    const { code, err } = await runHere(["wait", "type:order.*", "--timeout", "1ms", "--json"], { folder });
    expect(code).toBe(124);
    expect(JSON.parse(err)).toMatchObject({
      code: "WAIT_TIMEOUT",
      exit: 124,
      hint: expect.stringMatching(/^1 request that matches came before: --include-stored /) as unknown,
    });
  });

  test("a failed delivery is no success, and is:failed finds it", async () => {
    const target = await TargetServer.answering(FAILED);
    onTestFinished(async () => target.close());
    const { bin, url } = await listenPlainly(["--forward", target.origin]);
    await post(url);
    const { folder } = bin;
    expect((await runHere(["wait", "is:failed"], { folder })).code).toBe(0);
    expect((await runHere(["wait", "is:ok", "--timeout", "1ms"], { folder })).code).toBe(124);
  });
});

test.each([
  [["--count", "0"], '--count cannot be "0"'],
  [["--timeout", "soon"], '--timeout cannot be "soon"'],
  [["--after", "not/an/id"], 'a request cannot be "not/an/id"'],
  [["--after", "evt_1A2b3C4d5E"], "there is no request evt_1A2b3C4d5E"],
  [["--after", "1", "--include-stored"], "--after and --include-stored exclude each other"],
  [["colour:red"], "cannot use colour:red in a filter"],
])("wait %j is refused with the reason", async (args, reason) => {
  const { code, out, err } = await runHere(["wait", "--db", join(temporaryFolder(), "x.db"), ...args]);
  expect([2, 3]).toContain(code);
  expect(out).toBe("");
  expect(err).toContain(`error: ${reason}`);
});

/** Its app answers when it is told to. */
async function listenerWithSlowApp() {
  let answer: (bytes: string) => void = () => undefined;
  const target = await TargetServer.answering((socket) => {
    answer = (bytes) => socket.write(bytes);
  });
  onTestFinished(async () => target.close());
  const { bin, url } = await listenPlainly(["--forward", target.origin]);
  return {
    bin,
    url,
    answer: async (bytes: string) => {
      await target.requests(1);
      answer(bytes);
    },
  };
}
