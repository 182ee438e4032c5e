import { describe, expect, test } from "vitest";
import { jsonReply, type Reply, type ReplyManner } from "../../../../src/core/model/reply.ts";
import { gate, startCapture } from "../../../helpers/capture.ts";
import { RawClient } from "../../../helpers/raw-client.ts";
import { SteppedClock } from "../../../helpers/stepped-clock.ts";
import { watchedStream } from "../../../helpers/watched-stream.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const DAYS_24_MS = 2 ** 31 - 1;

/** A capture server whose first reply has this manner; the others are sound. */
async function misbehaving(manner: ReplyManner, reply: Reply = jsonReply(200, { n: 1 })) {
  const clock = new SteppedClock();
  let count = 0;
  const started = await startCapture({
    clock,
    handle: () => {
      count += 1;
      return count === 1 ? { ...reply, manner } : jsonReply(200, { n: count });
    },
  });
  const client = await RawClient.connect(started.port);
  return { ...started, clock, client };
}

describe("a reply that never comes", () => {
  test("holds the connection for as long as it was told to, and cuts it then", async () => {
    const { client, clock } = await misbehaving({ kind: "never", holdMs: 5000 });
    await client.write(GET);
    await clock.waiting(1);
    expect(clock.remainingMs).toEqual([5000]);
    clock.advance(5000);
    expect(await client.ended()).toHaveLength(0);
    client.close();
  });

  test("otherwise holds it until the sender leaves", async () => {
    const { client, clock } = await misbehaving({ kind: "never" });
    await client.write(GET);
    await clock.waiting(1);
    expect(clock.remainingMs).toEqual([DAYS_24_MS]);
    client.reset();
    await expect.poll(() => clock.remainingMs).toEqual([]);
  });

  test("gives a sender that has closed its half another 30 s: it may have left", async () => {
    const { client, clock } = await misbehaving({ kind: "never" });
    await client.write(GET);
    await clock.waiting(1);
    client.endHalf();
    await clock.waiting(2);
    expect(clock.remainingMs).toEqual([30_000, DAYS_24_MS]);
    clock.advance(30_000);
    expect(await client.ended()).toHaveLength(0);
    expect(clock.remainingMs).toEqual([]);
    client.close();
  });

  test("lets go of a sender that has waited a while and then closes its half", async () => {
    const { client, clock } = await misbehaving({ kind: "never" });
    await client.write(GET);
    await clock.waiting(1);
    clock.advance(500);
    client.endHalf();
    expect(await client.ended()).toHaveLength(0);
    expect(clock.remainingMs).toEqual([]);
    client.close();
  });

  test("keeps no server from draining, also where it begins while that drains", async () => {
    const slow = gate();
    const { server, port, handled } = await startCapture({
      handle: async ({ target }) => {
        if (target === "/slow") await slow.opened;
        return { ...jsonReply(200, {}), manner: { kind: "never" } };
      },
    });
    const first = await RawClient.connect(port);
    const second = await RawClient.connect(port);
    await first.write(GET);
    await second.write("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    await handled(2);
    const drained = server.drain();
    expect(await first.ended()).toHaveLength(0);
    slow.open();
    await drained;
    expect(await second.ended()).toHaveLength(0);
    for (const client of [first, second]) client.close();
  });
});

describe("a reply that is broken", () => {
  test.each<[string, ReplyManner, string]>([
    ["close", { kind: "close" }, ""],
    ["raw", { kind: "raw", bytes: Buffer.from("\xff\0", "latin1") }, "\xff\0"],
    [
      "truncated",
      { kind: "truncated", afterBytes: 2 },
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 8\r\n\r\n{"',
    ],
  ])("(%s) comes behind the replies before it, and nothing comes behind it", async (_name, manner, bytes) => {
    const slow = gate();
    const { port, handled } = await startCapture({
      handle: async ({ target }) => {
        if (target === "/first") await slow.opened;
        return target === "/broken" ? { ...jsonReply(200, { n: 1 }), manner } : jsonReply(200, {});
      },
    });
    const client = await RawClient.connect(port);
    await client.write(["/first", "/broken", "/last"].map((path) => GET.replace("/", path)).join(""));
    await handled(3);
    slow.open();
    const received = (await client.ended()).toString("latin1");
    const [first = "", behind] = received.split("{}\n");
    expect(first).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*content-length: 3\r\n/);
    expect(behind).toBe(bytes);
    client.close();
  });

  test("(reset) ends in a reset", async () => {
    const { client } = await misbehaving({ kind: "reset" });
    await client.write(GET);
    expect(await client.ended()).toHaveLength(0);
    expect(client.errorCode).toBe("ECONNRESET");
  });

  test.each<ReplyManner>([
    { kind: "never", holdMs: 1 },
    { kind: "reset" },
    { kind: "close" },
    { kind: "raw", bytes: Buffer.from("x") },
    { kind: "truncated", afterBytes: 0 },
  ])("($kind) gives back the body that it does not send", async (manner) => {
    const { chunks, isReleased } = watchedStream(["never read"]);
    const reply: Reply = { status: 200, headers: ["content-length", "10"], body: { kind: "stream", chunks } };
    const { client, clock } = await misbehaving(manner, reply);
    await client.write(GET);
    if (manner.kind === "never") {
      await clock.waiting(1);
      clock.advance(1);
    }
    await client.ended();
    expect(isReleased()).toBe(true);
    client.close();
  });

  test("gives its body back where the sender has left before its turn", async () => {
    const { chunks, isReleased } = watchedStream(["never read"]);
    const { port, handled } = await startCapture({
      handle: async ({ target }) => {
        if (target === "/first") return new Promise<Reply>(() => undefined);
        return { status: 200, headers: [], body: { kind: "stream", chunks }, manner: { kind: "truncated" } };
      },
    });
    const client = await RawClient.connect(port);
    await client.write(`${GET.replace("/", "/first")}${GET}`);
    await handled(2);
    client.reset();
    await expect.poll(isReleased).toBe(true);
  });
});

describe("a slow reply", () => {
  const slow: ReplyManner = { kind: "slow", bytesPerSecond: 1 };

  test("sends its head and first byte at once, and then a byte a second; the connection is as good as before", async () => {
    const { client, clock } = await misbehaving(slow, jsonReply(200, {}));
    await client.write(GET);
    for (const sent of ["{", "{}"]) {
      await clock.waiting(1);
      await client.receivedMatching(sent === "{" ? /\r\n\r\n\{/ : /\}/);
      const [head = "", body] = client.received.toString().split("\r\n\r\n");
      expect([head.includes("content-length: 3"), body]).toEqual([true, sent]);
      expect(clock.remainingMs).toEqual([1000]);
      clock.advance(1000);
    }
    await client.replies(1);
    await client.write(GET);
    expect((await client.replies(2)).map(({ body }) => body.toString())).toEqual(["{}\n", '{"n":2}\n']);
    client.close();
  });

  test("sends the rest at once when the server drains", async () => {
    const { client, clock, server } = await misbehaving(slow);
    await client.write(GET);
    await clock.waiting(1);
    await server.drain();
    expect((await client.replies(1))[0]?.body.toString()).toBe('{"n":1}\n');
    client.close();
  });

  test("of a body that is still arriving keeps its length, and gives it back where the sender leaves", async () => {
    const { chunks, isReleased } = watchedStream(["one", "two"]);
    const { client, clock } = await misbehaving(slow, {
      status: 200,
      headers: ["Content-Length", "6"],
      body: { kind: "stream", chunks },
    });
    await client.write(GET);
    await clock.waiting(1);
    expect((await client.receivedMatching(/\r\n\r\n./)).toString()).toMatch(/Content-Length: 6\r\n[^]*\r\n\r\no$/);
    client.reset();
    await expect.poll(isReleased).toBe(true);
  });

  test.each([true, false])("tells at its end whether its sender has waited for it: %s", async (isPatient) => {
    const clock = new SteppedClock();
    const heard = Promise.withResolvers<boolean>();
    const { port } = await startCapture({
      clock,
      handle: (_request, sender) => {
        heard.resolve(sender.heard());
        return { ...jsonReply(200, {}), manner: slow };
      },
    });
    const client = await RawClient.connect(port);
    await client.write(GET);
    for (let second = 0; second < 2 && (isPatient || second === 0); second += 1) {
      await clock.waiting(1);
      clock.advance(1000);
    }
    if (!isPatient) client.endHalf();
    expect(await heard.promise).toBe(isPatient);
    client.close();
  });

  test("that may have no body is not slow", async () => {
    const reply: Reply = { status: 204, headers: [], body: { kind: "bytes", bytes: Buffer.from("no") } };
    const { client } = await misbehaving(slow, reply);
    await client.write(GET);
    await client.replies(1);
    expect(client.received.toString()).toMatch(/^HTTP\/1\.1 204 No Content\r\n(?!content-length)[^]*\r\n\r\n$/);
    client.close();
  });
});
