import { describe, expect, test } from "vitest";
import { jsonReply } from "../../src/core/model/reply.ts";
import { gate, startCapture, type StartCapture } from "../helpers/capture.ts";
import { RawClient } from "../helpers/raw-client.ts";

const GET = "GET / HTTP/1.1\r\nHost:a\r\n\r\n";
const MIB = 1024 * 1024;
/** More than the buffers of the system take. */
const NEVER_READ = 8 * MIB;

describe("a sender that is far ahead of its replies", () => {
  test("is read no further, and gets all its replies in order when they come", async () => {
    const { port, captured, open } = await waiting({ limits: { maxOwed: 8, mostOwed: 100_000 } });
    const client = await RawClient.connect(port);
    await client.write(GET);
    await expect.poll(() => captured.length).toBe(1);
    const rest = Array.from({ length: 20_000 }, (_none, at) => GET.replace("/", `/${at}`)).join("");
    let isTaken = false;
    // More than the buffers of the system hold would not be taken.
    void client.write(rest.padStart(rest.length)).then(() => (isTaken = true));
    await expect.poll(() => captured.length).toBeGreaterThan(8);
    const before = await unchanged(() => captured.length);
    // One packet at most was on its way.
    expect(before).toBeLessThan(8 + 65_536 / GET.length);
    open();
    const replies = await client.replies(20_001);
    expect(replies).toHaveLength(20_001);
    expect(captured.slice(1).map(({ target }) => target)).toEqual(
      Array.from({ length: 20_000 }, (_none, at) => `/${at}`),
    );
    expect(isTaken).toBe(true);
    client.close();
  });

  test("is answered 503 where more wait than there is room for, after all that were taken, and the rest is not read", async () => {
    const { port, captured, notices, open } = await waiting({ limits: { maxOwed: 10_000, mostOwed: 100 } });
    const client = await RawClient.connect(port);
    await client.write(GET.repeat(2000));
    await expect.poll(() => captured.length).toBe(100);
    expect(await unchanged(() => captured.length)).toBe(100);
    open();
    const replies = await client.replies(101);
    await client.ended();
    expect(replies.map(({ status }) => status)).toEqual([...Array<number>(100).fill(200), 503]);
    expect(replies[100]?.headers).toEqual(
      expect.arrayContaining(["x-hookcli-reason", "too-many-waiting", "retry-after", "5", "connection", "close"]),
    );
    expect(notices).toEqual(["TOO_MANY_WAITING"]);
  });

  test("does not keep a sender from being served that sends one request at a time", async () => {
    const { port, captured } = await waiting({ limits: { mostOwed: 100 } });
    const client = await RawClient.connect(port);
    await client.write(GET.repeat(2000));
    await expect.poll(() => captured.length).toBe(100);
    const others = await Promise.all(Array.from({ length: 60 }, () => RawClient.connect(port)));
    for (const other of others) await other.write("GET /other HTTP/1.1\r\nHost:a\r\n\r\n");
    await expect.poll(() => captured.filter(({ target }) => target === "/other").length).toBe(60);
    for (const sender of [client, ...others]) sender.close();
  });

  test("finds its half-read request whole when it is read on, however long that took", async () => {
    const { port, captured, open } = await waiting({ limits: { maxOwed: 2, headTimeoutMs: 300 } });
    const client = await RawClient.connect(port);
    await client.write(`${GET}${GET}GET /half HTTP/1.1\r\nX: `);
    await expect.poll(() => captured.length).toBe(2);
    const late = await RawClient.connect(port);
    await late.write("GET /late HTTP/1.1\r\nX: ");
    await client.write("y\r\nHost: a\r\n\r\n");
    // Both heads ran out of time in the same moment, but of one of them we did not read the end.
    expect((await late.replies(1)).map(({ status }) => status)).toEqual([408]);
    open();
    expect((await client.replies(3)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(captured[2]?.target).toBe("/half");
    client.close();
  });
});

test("senders that do not read large replies are cut, the largest first, before these fill the memory", async () => {
  const notices: string[] = [];
  const { port, captured } = await startCapture({
    limits: { waitingReplyBytes: 4.5 * NEVER_READ },
    onNotice: (code) => notices.push(code),
    handle: () => ({ status: 200, headers: [], body: { kind: "bytes", bytes: Buffer.alloc(NEVER_READ) } }),
  });
  const senders = await Promise.all(Array.from({ length: 33 }, () => RawClient.connect(port)));
  for (const sender of senders) {
    sender.pause();
    await sender.write(GET);
  }
  await expect.poll(() => captured.length).toBe(33);
  await expect.poll(() => notices).toContain("REPLY_NOT_READ");
  for (const sender of senders) sender.resume();
  await Promise.all(senders.map((sender) => sender.replies(1)));
  const whole = (await Promise.all(senders.map((sender) => sender.replies(1)))).filter(
    (replies) => replies.length === 1,
  );
  expect(whole.length).toBeGreaterThanOrEqual(4);
  expect(whole.length).toBeLessThan(15);
  for (const sender of senders) sender.close();
});

test("heads that are not whole are bounded over all connections", async () => {
  const notices: string[] = [];
  const { port } = await startCapture({
    limits: { arrivingHeadBytes: 4 * 50_000 },
    onNotice: (code) => notices.push(code),
  });
  const senders = await Promise.all(Array.from({ length: 40 }, () => RawClient.connect(port)));
  for (const sender of senders) await sender.write(`GET / HTTP/1.1\r\nX: ${"v".repeat(50_000)}`);
  await expect.poll(() => notices).toEqual(["TOO_MANY_WAITING"]);
  // Few are read in one turn of the event loop while there are too many.
  const refused = () => senders.filter(({ received, errorCode }) => received.length > 0 || errorCode !== undefined);
  await expect.poll(() => refused().length).toBeGreaterThan(20);
  for (const sender of senders) await sender.write("\r\nHost: a\r\n\r\n");
  const replies = await Promise.all(senders.map((sender) => sender.replies(1)));
  const taken = replies.filter(([reply]) => reply?.status === 200);
  expect(taken.length).toBeGreaterThan(0);
  expect(taken.length).toBeLessThan(20);
  for (const sender of senders) sender.close();
});

/** A capture server whose handler answers nobody before `open`. */
async function waiting(asked: StartCapture) {
  const slow = gate();
  const notices: string[] = [];
  const started = await startCapture({
    ...asked,
    onNotice: (code) => notices.push(code),
    handle: async () => {
      await slow.opened;
      return jsonReply(200, {});
    },
  });
  return { ...started, notices, open: slow.open };
}

/** A number, once it has stayed the same through many turns of the event loop. */
async function unchanged(read: () => number): Promise<number> {
  let before = read();
  for (let turns = 0; turns < 100; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (read() !== before) turns = 0;
    before = read();
  }
  return before;
}

test("of many senders that are refused and go on sending, most are closed soon", async () => {
  const { port } = await startCapture();
  const senders = await Promise.all(Array.from({ length: 100 }, () => RawClient.connect(port)));
  for (const sender of senders) await sender.write("junk\r\n\r\n");
  await Promise.all(senders.map((sender) => sender.replies(1)));
  // A patient close waits for two seconds of silence, and these are never silent.
  const isGone = async (sender: RawClient): Promise<boolean> => {
    await sender.write("more");
    return sender.errorCode !== undefined;
  };
  await expect
    .poll(async () => (await Promise.all(senders.map(isGone))).filter(Boolean).length)
    .toBeGreaterThanOrEqual(30);
  for (const sender of senders) sender.close();
});
