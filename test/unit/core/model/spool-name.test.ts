import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSpoolName, spoolName } from "../../../../src/core/model/spool-name.ts";

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
