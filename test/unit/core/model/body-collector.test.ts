import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BodySink, EMPTY_BODY, readBody, SPOOL_THRESHOLD_BYTES } from "../../../../src/core/model/body.ts";
import { BodyCollector } from "../../../../src/core/model/body-collector.ts";
import { ByteBudget } from "../../../../src/core/model/byte-budget.ts";
import { spooledBody } from "../../../helpers/samples.ts";

const UNLIMITED = Number.MAX_SAFE_INTEGER;
const noSink = () => Promise.reject(new Error("a small body needs no sink"));

/** A sink in memory that remembers what was done with it. */
class MemorySink implements BodySink {
  readonly chunks: Uint8Array[] = [];
  isDiscarded = false;
  isWriting = false;

  async write(chunk: Uint8Array): Promise<void> {
    if (this.isWriting) throw new Error("two writes at a time");
    this.isWriting = true;
    await new Promise((resolve) => setImmediate(resolve));
    this.isWriting = false;
    this.chunks.push(chunk);
  }

  async finish() {
    return spooledBody(Buffer.concat(this.chunks).toString("latin1"));
  }

  async discard(): Promise<void> {
    this.isDiscarded = true;
  }
}

describe("a small body", () => {
  test("stays in memory and is whole at once, whatever pieces it came in", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (chunks) => {
        const collector = new BodyCollector(UNLIMITED, noSink);
        for (const chunk of chunks) expect(collector.add(chunk)).toBeUndefined();
        const body = collector.finish();
        expect(body).toHaveProperty("kind", "bytes");
        expect(body).toHaveProperty("bytes.length", collector.seenBytes);
        expect(Buffer.from((body as { bytes: Uint8Array }).bytes)).toEqual(Buffer.concat(chunks));
      }),
    );
  });

  test("may be as large as the threshold", () => {
    const collector = new BodyCollector(UNLIMITED, noSink);
    expect(collector.add(Buffer.alloc(SPOOL_THRESHOLD_BYTES))).toBeUndefined();
    expect(collector.finish()).toHaveProperty("kind", "bytes");
  });

  test("can be discarded without a sink", async () => {
    const collector = new BodyCollector(UNLIMITED, noSink);
    void collector.add(Buffer.from("x"));
    await expect(collector.discard()).resolves.toBeUndefined();
  });
});

describe("a limit", () => {
  test("cuts the body to its first bytes and counts the rest", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), fc.nat(200), (chunks, limit) => {
        const collector = new BodyCollector(limit, noSink);
        for (const chunk of chunks) void collector.add(chunk);
        const all = Buffer.concat(chunks);
        expect(collector.seenBytes).toBe(all.length);
        expect(collector.isOverLimit).toBe(all.length > limit);
        expect(Buffer.from((collector.finish() as { bytes: Uint8Array }).bytes)).toEqual(all.subarray(0, limit));
      }),
    );
  });

  test("holds for a spooled body too, and what is over it is not even written", async () => {
    const sink = new MemorySink();
    const collector = new BodyCollector(SPOOL_THRESHOLD_BYTES + 3, async () => sink);
    await collector.add(Buffer.alloc(SPOOL_THRESHOLD_BYTES + 1, "a"));
    await collector.add(Buffer.from("bcde"));
    expect(collector.add(Buffer.from("f"))).toBeUndefined();
    expect(await collector.finish()).toHaveProperty("sizeBytes", SPOOL_THRESHOLD_BYTES + 3);
    expect(Buffer.concat(sink.chunks).subarray(-3).toString()).toBe("abc");
  });
});

describe("where the memory for all bodies is spent", () => {
  test("a body goes to its sink early, but not the smallest ones; what is written is given back", async () => {
    const memory = new ByteBudget(100);
    const sink = new MemorySink();
    memory.take(100);
    const small = new BodyCollector(UNLIMITED, noSink, memory);
    expect(small.add(Buffer.alloc(8 * 1024))).toBeUndefined();
    expect(small.finish()).toHaveProperty("kind", "bytes");
    const larger = new BodyCollector(UNLIMITED, async () => sink, memory);
    await larger.add(Buffer.alloc(8 * 1024 + 1, "a"));
    expect(memory.takenBytes).toBe(100 + 8 * 1024);
    expect(await larger.finish()).toMatchObject({ kind: "file", sizeBytes: 8 * 1024 + 1 });
    small.giveBack();
    small.giveBack();
    expect(memory.takenBytes).toBe(100);
  });

  test("a body that is discarded is given back", async () => {
    const memory = new ByteBudget(100);
    const collector = new BodyCollector(UNLIMITED, noSink, memory);
    void collector.add(Buffer.alloc(50));
    await collector.discard();
    expect(memory.takenBytes).toBe(0);
  });
});

describe("a large body", () => {
  test("that comes in pieces of one byte is written in larger ones, and in order, also while its sink opens", async () => {
    const sink = new MemorySink();
    const collector = new BodyCollector(UNLIMITED, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return sink;
    });
    void collector.add(Buffer.alloc(SPOOL_THRESHOLD_BYTES + 1, "x"));
    for (let at = 0; at < 50_000; at += 1) void collector.add(Buffer.from([at % 251]));
    await collector.finish();
    const written = Buffer.concat(sink.chunks).subarray(SPOOL_THRESHOLD_BYTES + 1);
    expect(written.equals(Buffer.from(Array.from({ length: 50_000 }, (_none, at) => at % 251)))).toBe(true);
    expect(sink.chunks.length).toBeLessThan(200);
  });

  test("goes to the sink in order, one write at a time, also when the next piece does not wait", async () => {
    const sink = new MemorySink();
    const collector = new BodyCollector(UNLIMITED, async () => sink);
    const pieces = [
      Buffer.from("head "),
      Buffer.alloc(SPOOL_THRESHOLD_BYTES, "x"),
      Buffer.from(" one"),
      Buffer.from(" two"),
    ];
    for (const taken of pieces.map((piece) => collector.add(piece))) await taken;
    const body = await collector.finish();
    const read = await buffer(readBody(body));
    expect(body.kind).toBe("file");
    expect(read.equals(Buffer.concat(pieces))).toBe(true);
  });

  test("says when the next piece may come", async () => {
    const sink = new MemorySink();
    const collector = new BodyCollector(UNLIMITED, async () => sink);
    const added = collector.add(Buffer.alloc(SPOOL_THRESHOLD_BYTES + 1));
    expect(sink.chunks).toHaveLength(0);
    await added;
    expect(sink.chunks).toHaveLength(1);
  });

  test("that is discarded is discarded in the sink, after the write that is under way", async () => {
    const sink = new MemorySink();
    const collector = new BodyCollector(UNLIMITED, async () => sink);
    void collector.add(Buffer.alloc(SPOOL_THRESHOLD_BYTES + 1));
    await collector.discard();
    expect(sink).toMatchObject({ isDiscarded: true, isWriting: false });
  });

  test("that is given up is counted on, and nothing is kept of it", async () => {
    const sink = new MemorySink();
    const collector = new BodyCollector(UNLIMITED, async () => sink);
    void collector.add(Buffer.alloc(SPOOL_THRESHOLD_BYTES + 1));
    const given = collector.giveUp();
    expect(collector.add(Buffer.from("more"))).toBeUndefined();
    await given;
    expect(sink.isDiscarded).toBe(true);
    expect([collector.finish(), collector.seenBytes]).toEqual([EMPTY_BODY, SPOOL_THRESHOLD_BYTES + 5]);
  });

  test("fails with the sink's error where no sink can be opened, and can still be discarded", async () => {
    const collector = new BodyCollector(UNLIMITED, () => Promise.reject(new Error("disk full")));
    await expect(collector.add(Buffer.alloc(SPOOL_THRESHOLD_BYTES + 1))).rejects.toThrow("disk full");
    await expect(collector.add(Buffer.alloc(SPOOL_THRESHOLD_BYTES))).rejects.toThrow("disk full");
    await expect(collector.finish()).rejects.toThrow("disk full");
    await expect(collector.discard()).resolves.toBeUndefined();
  });
});
