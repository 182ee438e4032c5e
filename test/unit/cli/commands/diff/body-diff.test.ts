import fc from "fast-check";
import { revealing, usualMask } from "../../../../../src/core/model/mask.ts";
import { describe, expect, test } from "vitest";
import { type BodyDiff, diffBodies, MOST_COMPARED_BYTES } from "../../../../../src/cli/commands/diff/body-diff.ts";

describe("two JSON bodies", () => {
  test("are compared field by field, whatever their order", async () => {
    const left = '{"id":"evt_1","amount":4900,"list":[1,2]}';
    const right = '{ "list": [1, 2], "amount": 5900, "id": "evt_1" }';
    expect(await diff(left, right)).toEqual({
      comparison: "json",
      firstDifference: 1,
      hunks: [
        {
          leftFrom: 1,
          rightFrom: 1,
          lines: [" {", '-  "amount": 4900,', '+  "amount": 5900,', '   "id": "evt_1",', '   "list": [', "     1,"],
        },
      ],
    });
  });

  test("differ in formatting only: said, and nothing is printed", async () => {
    expect(await diff('{"a":1,"b":"\\u0041"}', '{"b": "A", "a": 1}\n')).toMatchObject({
      comparison: "formatting",
      hunks: [],
    });
  });

  test("differ in a number that a program would round", async () => {
    const { comparison, hunks } = await diff('{"id":12345678901234567890}', '{"id":12345678901234567891}');
    expect(comparison).toBe("json");
    expect(hunks[0]?.lines).toContain('+  "id": 12345678901234567891');
  });

  test("keep their secrets, and still show that these differ", async () => {
    const [left, right] = ['{"password":"one"}', '{"password":"two"}'];
    const lines = [" {", '-  "password": "••••"', '+  "password": "••••"', " }"];
    expect((await diff(left, right)).hunks[0]?.lines).toEqual(lines);
    expect(JSON.stringify(await diff(left, right, { isRevealed: true }))).toContain("two");
  });
});

describe("two texts", () => {
  test("are compared line by line", async () => {
    const { comparison, hunks } = await diff("a\nb\nc\n", "a\nB\nc\n");
    expect(comparison).toBe("text");
    expect(hunks).toEqual([{ leftFrom: 1, rightFrom: 1, lines: [" a", "-b", "+B", " c"] }]);
  });

  test("keep a key of many lines, also where only its surroundings are shown", async () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${"MIIE\n".repeat(20)}-----END PRIVATE KEY-----\n`;
    expect(JSON.stringify(await diff(`${key}a`, `${key}b`))).not.toContain("MIIE");
    const other = key.replace("MIIE", "NJJF");
    expect(await diff(`${key}a`, `${other}a`)).toMatchObject({ comparison: "text", hunks: [] });
  });

  test("one of which is no JSON are texts", async () => {
    expect((await diff('{"a":1}', "a=1")).comparison).toBe("text");
    expect((await diff("", '{"a":1}')).comparison).toBe("text");
  });
});

describe("bytes", () => {
  const left = Uint8Array.of(1, 2, 0, 255);
  const right = Uint8Array.of(1, 2, 0, 254, 7);

  test("that are no text are told by the first that differs", async () => {
    expect(await diff(left, right)).toEqual({ comparison: "binary", firstDifference: 3, hunks: [] });
    expect(await diff(left, left.subarray(0, 2))).toMatchObject({ comparison: "binary", firstDifference: 2 });
  });

  test("are lines all the same with --raw, formatting and secrets included", async () => {
    expect((await diff(left, right, { isRaw: true })).hunks[0]?.lines[0]).toBe("-\u0001\u0002\u0000ÿ");
    const { comparison, hunks } = await diff('{"token":"a"}', '{ "token":"a"}', { isRaw: true });
    expect(comparison).toBe("text");
    expect(hunks[0]?.lines).toContain('-{"token":"a"}');
  });
});

test("beyond 1 MiB nothing is looked for", async () => {
  const large = Buffer.alloc(MOST_COMPARED_BYTES + 1, "x");
  expect((await diff(large, large)).comparison).toBe("same");
  expect(await diff(large, Buffer.from("y"))).toEqual({ comparison: "too-large", firstDifference: 0, hunks: [] });
});

test("what would take for ever is given up", async () => {
  const noise = (seed: number): string => Array.from({ length: 120_000 }, (_, at) => (at * seed) % 9973).join("\n");
  expect(await diff(noise(7), noise(11))).toMatchObject({ comparison: "too-different", hunks: [] });
});

test("whatever the bytes: the same are the same, and others are not", async () => {
  const bytes = fc.uint8Array({ maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(bytes, bytes, fc.boolean(), async (left, right, isRaw) => {
      expect((await diff(left, left, { isRaw })).comparison).toBe("same");
      const isSame = Buffer.compare(left, right) === 0;
      expect((await diff(left, right, { isRaw })).comparison === "same").toBe(isSame);
    }),
  );
});

async function diff(
  left: string | Uint8Array,
  right: string | Uint8Array,
  { isRaw = false, isRevealed = false } = {},
): Promise<BodyDiff> {
  return diffBodies(Buffer.from(left), Buffer.from(right), { isRaw, mask: isRevealed ? revealing : usualMask });
}
