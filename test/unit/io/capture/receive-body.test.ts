import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { bodySizeBytes, readBody, type BodySink } from "../../../../src/core/model/body.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import type { Refusal } from "../../../../src/core/model/request.ts";
import { BodyReception, SENDER_LEFT, tooLarge } from "../../../../src/io/capture/receive-body.ts";
import { gate, tempSinks } from "../../../helpers/capture.ts";

const MIB = 1024 * 1024;
const REFUSAL: Refusal = { status: 408, code: "test", reason: "a test" };

describe("a body", () => {
  test("is complete when the message ends", async () => {
    const { request, reception } = receive(100);
    send(request, "one, ", "two");
    end(request);
    expect(await reception.received).toEqual({
      body: { kind: "bytes", bytes: Buffer.from("one, two") },
      completeness: "complete",
      refusal: undefined,
    });
  });

  test("of more than a MiB goes to a file", async () => {
    const { request, reception } = receive(10 * MIB, tempSinks());
    for (let count = 0; count < 3; count += 1) request.push(Buffer.alloc(MIB, String(count)));
    end(request);
    const { body, completeness } = await reception.received;
    expect({ kind: body.kind, size: bodySizeBytes(body), completeness }).toEqual({
      kind: "file",
      size: 3 * MIB,
      completeness: "complete",
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of readBody(body)) chunks.push(chunk);
    const expected = Buffer.concat([Buffer.alloc(MIB, "0"), Buffer.alloc(MIB, "1"), Buffer.alloc(MIB, "2")]);
    expect(Buffer.concat(chunks).equals(expected)).toBe(true);
  });

  test("over the limit is cut there, and the rest is read and dropped", async () => {
    const { request, reception } = receive(4);
    send(request, "one, ", "two");
    expect(await reception.received).toEqual({
      body: { kind: "bytes", bytes: Buffer.from("one,") },
      completeness: "truncated",
      refusal: tooLarge(4),
    });
    send(request, "three");
    end(request);
    await new Promise((resolve) => request.once("end", resolve));
  });

  test("that nobody wants is not waited for", async () => {
    const { reception } = receive(4);
    reception.refuse(tooLarge(4));
    expect(await reception.received).toMatchObject({ completeness: "truncated", refusal: { status: 413 } });
  });
});

describe("a body that breaks off", () => {
  test("is kept as far as it came, pieces included that the stream still holds", async () => {
    const { request, reception } = receive(100);
    send(request, "one, ", "two");
    reception.breakOff(REFUSAL);
    reception.breakOff({ ...REFUSAL, status: 400 });
    expect(await reception.received).toEqual({
      body: { kind: "bytes", bytes: Buffer.from("one, two") },
      completeness: "partial",
      refusal: REFUSAL,
    });
  });

  test("is complete where all of it had come", async () => {
    const { request, reception } = receive(100);
    send(request, "all");
    request.complete = true;
    request.destroy(new Error("aborted"));
    const { body, completeness, refusal } = await reception.received;
    expect({ body, completeness, refusal }).toEqual({
      body: { kind: "bytes", bytes: Buffer.from("all") },
      completeness: "complete",
      refusal: undefined,
    });
  });

  test("is partial where the sender left", async () => {
    const { request, reception } = receive(100);
    send(request, "some");
    request.destroy(new Error("aborted"));
    expect(await reception.received).toMatchObject({ completeness: "partial", refusal: SENDER_LEFT });
  });

  test("is over the limit where the pieces in the stream go over it", async () => {
    const { request, reception } = receive(3);
    send(request, "some");
    reception.breakOff(REFUSAL);
    expect(await reception.received).toMatchObject({ completeness: "truncated", refusal: tooLarge(3) });
  });

  test("keeps what waits for a slow disk", async () => {
    const slow = gate();
    const openSink = tempSinks();
    const { request, reception } = receive(10 * MIB, async () => {
      await slow.opened;
      return openSink();
    });
    request.push(Buffer.alloc(MIB, "a"));
    request.push(Buffer.alloc(MIB, "b"));
    await new Promise((resolve) => request.once("data", resolve));
    request.push(Buffer.alloc(MIB, "c"));
    reception.breakOff(REFUSAL);
    slow.open();
    const { body, completeness } = await reception.received;
    expect({ size: bodySizeBytes(body), completeness }).toEqual({ size: 3 * MIB, completeness: "partial" });
  });
});

test("a body that cannot be spooled rejects, and the sender may send on", async () => {
  const { request, reception } = receive(10 * MIB, async () => {
    throw new Error("no space left");
  });
  request.push(Buffer.alloc(2 * MIB));
  await expect(reception.received).rejects.toThrow("no space left");
  request.push(Buffer.alloc(2 * MIB));
  end(request);
  await new Promise((resolve) => request.once("end", resolve));
});

describe("the pace of a body", () => {
  test("is what came, since its head and since the last piece", async () => {
    let nowMs = 0;
    const { request, reception } = receive(100, tempSinks(), () => nowMs);
    nowMs = 40;
    expect(reception.pace()).toEqual({ bytes: 0, forMs: 40, idleMs: 40 });
    send(request, "a");
    await new Promise((resolve) => request.once("data", resolve));
    nowMs = 50;
    expect(reception.pace()).toEqual({ bytes: 1, forMs: 50, idleMs: 10 });
  });

  test("leaves out the time in which nobody read it", () => {
    let nowMs = 0;
    const { reception, source } = receive(100, tempSinks(), () => nowMs);
    nowMs = 10;
    reception.pace();
    source.hold();
    nowMs = 1010;
    expect(reception.pace()).toEqual({ bytes: 0, forMs: 10, idleMs: 0 });
    source.letGo();
    nowMs = 1015;
    expect(reception.pace()).toEqual({ bytes: 0, forMs: 15, idleMs: 5 });
  });
});

function receive(
  maxBodyBytes: number,
  openSink: () => Promise<BodySink> = async () => {
    throw new Error("not expected");
  },
  monotonicMs: () => number = () => 0,
) {
  const request = new IncomingMessage(new Socket());
  const source = new Held();
  const clock = { ...systemClock, monotonicMs };
  const reception = new BodyReception(request, { maxBodyBytes, clock, openSink, source });
  return { request, reception, source };
}

/** A connection, as far as it is held. */
class Held {
  #holds = 0;

  get isHeld(): boolean {
    return this.#holds > 0;
  }

  hold(): void {
    this.#holds += 1;
  }

  letGo(): void {
    this.#holds -= 1;
  }
}

function send(request: IncomingMessage, ...pieces: readonly string[]): void {
  for (const piece of pieces) request.push(Buffer.from(piece));
}

function end(request: IncomingMessage): void {
  request.complete = true;
  request.push(null);
}
