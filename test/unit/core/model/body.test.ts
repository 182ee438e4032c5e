import fc from "fast-check";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type Body,
  bodySizeBytes,
  bytesBody,
  EMPTY_BODY,
  letGoOf,
  parseSpoolName,
  readBody,
  spoolName,
} from "../../../../src/core/model/body.ts";
import { spooledBody, textBody } from "../../../helpers/samples.ts";

test("a name that is made is read again, whenever and by whomever", () => {
  const whole = fc.record({
    startedAtMs: fc.double({ min: -1e12, max: 8.64e15, noNaN: true }),
    pid: fc.integer({ min: 0, max: 2 ** 31 }),
  });
  fc.assert(
    fc.property(whole, fc.integer({ min: 1, max: 1e12 }), (writer, count) => {
      const name = spoolName(writer, count);
      expect(parseSpoolName(name)).toBe(name);
    }),
  );
});

test("names of two processes, or two of one, differ", () => {
  const writers = [1, 2].flatMap((startedAtMs) => [1, 2].map((pid) => ({ startedAtMs, pid })));
  const names = writers.flatMap((writer) => [spoolName(writer, 1), spoolName(writer, 2)]);
  expect(new Set(names).size).toBe(8);
});

describe("what a row may say and is no name of ours:", () => {
  test.each([
    "",
    ".",
    "..",
    "../secretfile",
    "/etc/passwd",
    "a.1-1.body/../../secret",
    "../bodies/a.1-1.body",
    "x/a.1-1.body",
    "a.1-1.body\u0000",
    "a.1-1.body\n",
    "\na.1-1.body",
    " a.1-1.body",
    "A.1-1.body",
    "a.1-1.BODY",
    "a.1-1.body.bak",
    "a.1--1.body",
    "a.1-.body",
    ".1-1.body",
    "a.-1.body",
    "leftover.body",
    "a.١-1.body",
    "a.1-1․body",
    `${"a".repeat(12)}.1-1.body`,
    `a.1-${"1".repeat(300)}.body`,
    "a.1-1.body:stream",
    String.raw`..\a.1-1.body`,
    "CON",
  ])("%j", (text) => {
    expect(parseSpoolName(text)).toBeUndefined();
  });
});

test("whatever is taken for a name stays in its folder", () => {
  const near = fc.string({ unit: fc.constantFrom("a", "1", "a.1-1", "/", "\\", "\0", "\n", ".body", "..") });
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: "binary" })), (text) => {
      const name = parseSpoolName(text);
      expect(name === undefined || join("/bodies", name) === `/bodies/${text}`).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test("a body in memory is read back as the bytes it was made from", async () => {
  const bytes = Uint8Array.of(0, 255, 10, 13);
  expect(await piecesOf(bytesBody(bytes))).toEqual([bytes]);
});

test("an empty body yields no piece at all", async () => {
  expect(await piecesOf(EMPTY_BODY)).toEqual([]);
});

test("a spooled body is read anew each time", async () => {
  const body = spooledBody("0123456789");
  const read = async () => Buffer.concat(await piecesOf(body)).toString();
  expect([await read(), await read()]).toEqual(["0123456789", "0123456789"]);
});

test("the size is in bytes, not characters, wherever the body is", () => {
  expect([bodySizeBytes(textBody("é")), bodySizeBytes(spooledBody("é→")), bodySizeBytes(EMPTY_BODY)]).toEqual([
    2, 5, 0,
  ]);
});

test("a body that was let go is read anew at each look, keeps its size, and does so for everybody who has it", async () => {
  const body = textBody("in memory");
  const theirs = { body };
  let reads = 0;
  letGoOf(body, () => Buffer.from(`read ${(reads += 1)}   `));
  expect(bodySizeBytes(body)).toBe(9);
  expect(reads).toBe(0);
  expect(Buffer.concat(await piecesOf(theirs.body)).toString()).toMatch(/^read \d/);
  expect(reads).toBeGreaterThan(0);
});

async function piecesOf(body: Body): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readBody(body)) pieces.push(piece);
  return pieces;
}
