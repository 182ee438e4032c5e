import { once } from "node:events";
import { IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Refusal } from "../../../../src/core/model/request.ts";
import { Connection } from "../../../../src/io/capture/connection.ts";
import type { ParserError } from "../../../../src/io/capture/malformed.ts";
import { notBefore } from "../../../helpers/not-before.ts";
import { RawClient } from "../../../helpers/raw-client.ts";
import { SteppedClock } from "../../../helpers/stepped-clock.ts";

const REFUSAL: Refusal = { status: 400, code: "test", reason: "a test" };
const LIMIT = 64 * 1024;

test("a connection knows who sends", async () => {
  const { connection, client } = await connected();
  expect(connection.remoteAddress).toBe(client.localAddress);
});

test("as many replies as a sender likes may wait on one connection without a warning of a leak", async () => {
  const { socket } = await connected();
  const warned: Error[] = [];
  const onWarning = (warning: Error): void => void warned.push(warning);
  process.on("warning", onWarning);
  onTestFinished(() => void process.off("warning", onWarning));
  for (let count = 0; count < 50; count += 1) socket.once("close", () => undefined);
  // A warning is told behind what runs now.
  await new Promise((resolve) => setImmediate(resolve));
  expect(warned).toEqual([]);
});

describe("leaving", () => {
  test("is told by one signal, when the connection is gone", async () => {
    const { connection, socket } = await connected();
    const { signal } = new AbortController();
    const left = connection.left(signal);
    expect([connection.left(signal) === left, left.aborted]).toEqual([true, false]);
    const closed = once(socket, "close");
    socket.destroy();
    await closed;
    expect(left.aborted).toBe(true);
  });

  test("is what everybody does at the end", async () => {
    const { connection } = await connected();
    const ending = new AbortController();
    const left = connection.left(ending.signal);
    ending.abort();
    expect(left.aborted).toBe(true);
  });

  test("is giving up too: closing one half long after the request, with no reply yet", async () => {
    const { connection, socket, client, clock, begin } = await connected();
    const left = connection.left(new AbortController().signal);
    connection.requestEnded(begin({ isComplete: true }));
    clock.advance(500);
    socket.resume();
    const halfClosed = once(socket, "end");
    client.endHalf();
    await halfClosed;
    expect([connection.hasGivenUp, left.aborted, socket.destroyed]).toEqual([true, true, false]);
    expect(connection.left(new AbortController().signal).aborted).toBe(true);
  });

  test.each([
    { what: "right behind the request", waitedMs: 499, isOwed: true },
    { what: "when there is nothing to wait for", waitedMs: 60_000, isOwed: false },
  ])("is not what closes one half $what", async ({ waitedMs, isOwed }) => {
    const { connection, socket, client, clock, begin } = await connected();
    const left = connection.left(new AbortController().signal);
    if (isOwed) connection.requestEnded(begin({ isComplete: true }));
    clock.advance(waitedMs);
    socket.resume();
    const halfClosed = once(socket, "end");
    client.endHalf();
    await halfClosed;
    expect([connection.hasGivenUp, left.aborted]).toEqual([false, false]);
  });

  test("is told at once where it has happened", async () => {
    const { connection, socket } = await connected();
    socket.destroy();
    expect(connection.left(new AbortController().signal).aborted).toBe(true);
  });
});

describe("the refused bytes", () => {
  test("are all that the sender said since its last whole request", async () => {
    const { connection, say, begin } = await connected();
    connection.follow(Buffer.alloc(0), LIMIT);
    await say("GET /a HT");
    await say("TP/1.1\r\n\r\n");
    expect(connection.headFound(begin({ isComplete: true }))).toMatchObject({ line: "GET /a HTTP/1.1" });
    await say("junk");
    await say(" and more");
    expect(connection.refusedBytes(parserError(" and more")).toString()).toBe("junk and more");
  });

  test("are what the parser failed on where the connection is not followed, or nothing is held", async () => {
    const { connection, begin } = await connected();
    const error = parserError("junk");
    expect(connection.refusedBytes(error).toString()).toBe("junk");
    expect(connection.headFound(begin({ isComplete: true }))).toBe("unseen");
    connection.follow(Buffer.alloc(0), LIMIT);
    expect(connection.refusedBytes(error).toString()).toBe("junk");
  });

  test("are none where the parser has none", async () => {
    const { connection } = await connected();
    expect(connection.refusedBytes(new Error("a timeout"))).toHaveLength(0);
  });

  test("are no longer gathered, or kept, once the connection is being closed", async () => {
    const { connection, socket, say } = await connected();
    connection.follow(Buffer.alloc(0), LIMIT);
    await say("GET /a");
    connection.closePatiently();
    socket.destroySoon();
    await say("what is dropped");
    expect(connection.refusedBytes(new Error("any")).toString()).toBe("");
  });
});

test("a connection ends with the request that says so, and with no other", async () => {
  const { connection, begin } = await connected();
  const [first, second] = [begin({ isComplete: true }), begin({ isComplete: true })];
  expect([connection.isLast, connection.endsWith(first)]).toEqual([false, false]);
  connection.endWith(second);
  expect([connection.isLast, connection.endsWith(first), connection.endsWith(second)]).toEqual([true, false, true]);
});

describe("breaking off", () => {
  test("ends the body that is arriving", async () => {
    const { connection, begin, brokenOff } = await connected();
    begin({ isComplete: false });
    expect(connection.breakOff(REFUSAL)).toBe(true);
    expect(brokenOff).toEqual([REFUSAL]);
  });

  test("leaves a body alone that is whole, and one that is dealt with", async () => {
    const { connection, begin, brokenOff } = await connected();
    expect(connection.breakOff(REFUSAL)).toBe(false);
    begin({ isComplete: true });
    expect(connection.breakOff(REFUSAL)).toBe(false);
    connection.requestEnded(begin({ isComplete: false }));
    expect(connection.breakOff(REFUSAL)).toBe(false);
    expect(brokenOff).toEqual([]);
  });
});

describe("what is owed", () => {
  test("is settled when every reply is out", async () => {
    const { connection, begin, responses, replied } = await connected();
    const events: string[] = [];
    begin({ isComplete: true });
    begin({ isComplete: true });
    connection.whenSettled(() => events.push("settled"));
    responses[0]?.emit("close");
    expect({ owed: connection.owed, events, replied: replied() }).toEqual({ owed: 1, events: [], replied: 1 });
    responses[1]?.emit("close");
    expect({ owed: connection.owed, events, replied: replied() }).toEqual({ owed: 0, events: ["settled"], replied: 2 });
  });

  test("is settled at once where nothing is owed", async () => {
    const { connection } = await connected();
    let isSettled = false;
    connection.whenSettled(() => (isSettled = true));
    expect(isSettled).toBe(true);
  });

  test("is settled when the sender is gone, and each reply counts once", async () => {
    const { connection, socket, begin, responses, replied } = await connected();
    begin({ isComplete: true });
    begin({ isComplete: true });
    socket.destroy();
    await once(socket, "close");
    responses[0]?.emit("close");
    expect({ owed: connection.owed, replied: replied() }).toEqual({ owed: 0, replied: 2 });
  });
});

test("a connection is idle between requests only", async () => {
  const { connection, say, begin, responses } = await connected();
  expect(connection.isIdle).toBe(true);
  await say("GET /a HTTP/1.1\r\n\r\n");
  expect(connection.isIdle).toBe(false);
  const request = begin({ isComplete: true });
  connection.requestEnded(request);
  expect(connection.isIdle).toBe(false);
  responses[0]?.emit("close");
  expect(connection.isIdle).toBe(true);
  await say("G");
  expect(connection.isIdle).toBe(false);
});

test("a connection that is being closed is not idle", async () => {
  const { connection, socket } = await connected();
  connection.closePatiently();
  expect(connection.isIdle).toBe(true);
  socket.destroySoon();
  expect(connection.isIdle).toBe(false);
});

describe("closing patiently", () => {
  test("ends our half, and lets the sender finish", async () => {
    const { connection, socket, client } = await connected();
    socket.write("the reply");
    connection.closePatiently();
    socket.destroySoon();
    expect((await client.ended()).toString()).toBe("the reply");
    await client.write(Buffer.alloc(1024 * 1024));
    client.endHalf();
    await once(socket, "close");
    expect(client.errorCode).toBeUndefined();
  });

  test("gives up on a sender that says nothing more and does not leave", async () => {
    const { connection, socket } = await connected();
    connection.closePatiently();
    socket.destroySoon();
    socket.destroySoon();
    await notBefore(1900, async () => once(socket, "close"));
  });
});

describe("a connection that is held", () => {
  test("is read no further, whoever asks for more, until each hold is undone", async () => {
    const { connection, socket, client, say } = await connected();
    let seen = "";
    socket.on("data", (chunk: Buffer) => (seen += chunk.toString()));
    await say("one");
    connection.hold();
    connection.hold();
    await client.write("two");
    socket.resume();
    connection.letGo();
    for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect([connection.isHeld, seen]).toEqual([true, "one"]);
    connection.letGo();
    await expect.poll(() => seen).toBe("onetwo");
    expect(connection.isHeld).toBe(false);
  });

  test("has as much time for its head, once it is read on, as if nothing of it had come", async () => {
    const { connection, clock, say } = await connected();
    connection.socket.on("data", () => undefined);
    await say("GET / HT");
    expect(connection.headBytes).toBe(8);
    expect(connection.isHeadOverdue(100)).toBe(false);
    connection.hold();
    connection.excuseHead();
    clock.advance(500);
    expect(connection.isHeadOverdue(100)).toBe(false);
    connection.letGo();
    clock.advance(100);
    expect(connection.isHeadOverdue(100)).toBe(false);
    clock.advance(1);
    expect(connection.isHeadOverdue(100)).toBe(true);
  });
});

describe("a sender's pace", () => {
  test("is what came since its last request was whole, and how long ago that was", async () => {
    const { connection, clock, begin, say } = await connected();
    connection.socket.on("data", () => undefined);
    clock.advance(10);
    await say("12345");
    expect(connection.pace()).toEqual({ bytes: 5, forMs: 10 });
    const request = begin({ isComplete: false });
    expect([connection.isArriving, connection.headBytes]).toEqual([true, 0]);
    clock.advance(20);
    connection.requestEnded(request);
    clock.advance(3);
    await say("67");
    expect([connection.pace(), connection.isArriving, connection.headBytes]).toEqual([
      { bytes: 2, forMs: 3 },
      false,
      2,
    ]);
  });
});

/** What Node says when its parser fails in a packet. */
function parserError(packet: string): ParserError {
  return Object.assign(new Error("Parse Error"), { rawPacket: Buffer.from(packet) });
}

/** Both ends of a real connection, with the listener's end watched. */
async function connected() {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection") as Promise<[Socket]>;
  const client = await RawClient.connect((server.address() as AddressInfo).port);
  const [socket] = await accepted;
  onTestFinished(() => {
    client.close();
    socket.destroy();
    server.close();
  });
  let replied = 0;
  const clock = new SteppedClock();
  const connection = new Connection(socket, clock, () => (replied += 1));
  const brokenOff: Refusal[] = [];
  const responses: ServerResponse[] = [];
  const begin = ({ isComplete }: { readonly isComplete: boolean }): IncomingMessage => {
    const request = new IncomingMessage(socket);
    request.complete = isComplete;
    const response = new ServerResponse(request);
    responses.push(response);
    connection.requestBegan(request, response, (refusal) => brokenOff.push(refusal));
    return request;
  };
  /** Resolves when the bytes have come through. */
  const say = async (text: string): Promise<void> => {
    const before = socket.bytesRead;
    await client.write(text);
    while (socket.bytesRead < before + text.length) await once(socket, "data");
  };
  return { connection, socket, clock, client, begin, say, brokenOff, responses, replied: () => replied };
}
