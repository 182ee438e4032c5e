import fc from "fast-check";
import { expect, test } from "vitest";
import { Covers, LEAST_COVERED } from "../../../../src/core/model/covers.ts";
import { MASK } from "../../../../src/core/model/redact.ts";
import { expectLinear } from "../../../helpers/effort.ts";

test.each([
  [
    "one begins the other",
    ["secret-1", "secret-1-and-more"],
    "x secret-1-and-more y secret-1 z",
    `x ${MASK} y ${MASK} z`,
  ],
  ["one ends the other", ["and-more", "secret-1-and-more"], "secret-1-and-more", MASK],
  ["one holds the other", ["ret-1-and", "secret-1-and-more"], "secret-1-and-more", MASK],
  ["they overlap", ["abcdefgh1", "fgh1ijklm"], "abcdefgh1ijklm", MASK],
  ["a chain overlaps", ["abcdefgh1", "gh1ijklmn", "mnopqrst"], "-abcdefgh1ijklmnopqrst-", `-${MASK}-`],
  ["one overlaps itself", ["aabaabaa"], "aabaabaabaabaa", MASK],
  ["they follow each other", ["abcdefgh1", "ijklmnop2"], "abcdefgh1ijklmnop2", MASK],
  ["with and without whsec_", ["whsec_abcdefgh12"], "abcdefgh12 whsec_abcdefgh12", `${MASK} ${MASK}`],
])("of secrets nothing is left where %s", (_, secrets, text, masked) => {
  for (const order of [secrets, secrets.toReversed()]) {
    const covers = new Covers();
    for (const secret of order) covers.add(secret);
    expect(covers.apply(text)).toBe(masked);
  }
});

test("whatever secrets there are, and whatever they are made of, each is found, and nothing else is changed", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "-", "1"), minLength: LEAST_COVERED, maxLength: 14 });
  const pieces = fc.array(
    fc.oneof(fc.string({ unit: fc.constantFrom("a", "b", "-", "1") }), fc.constant(0), fc.constant(1)),
  );
  fc.assert(
    fc.property(fc.array(letters, { minLength: 2, maxLength: 5 }), pieces, (secrets, parts) => {
      const covers = new Covers();
      for (const secret of secrets) covers.add(secret);
      const text = parts.map((part) => (typeof part === "number" ? secrets[part] : part)).join("");
      const masked = covers.apply(text);
      for (const secret of secrets) expect(masked.includes(secret)).toBe(false);
      if (!secrets.some((secret) => text.includes(secret))) expect(masked.replaceAll(MASK, "")).toBe(masked);
      expect(covers.apply(masked)).toBe(masked);
    }),
  );
});

test("a short secret is covered where it stands alone, and a shorter one nowhere", () => {
  const covers = new Covers();
  for (const secret of ["hunter2", "abcd", "abc", "", "a"]) covers.add(secret);
  expect(covers.apply("hunter2 (hunter2) hunter22 xhunter2 _hunter2 abcd. éabcd abc a")).toBe(
    `${MASK} (${MASK}) hunter22 xhunter2 _hunter2 ${MASK}. éabcd abc a`,
  );
});

test("what belongs to one request is covered with the others, and forgotten with it", () => {
  const covers = new Covers();
  covers.add("secret-1");
  covers.add("abcd");
  const both = covers.and(['a/b-c"d-e', "short"]);
  expect(both.apply('secret-1 abcd a/b-c\\"d-e short')).toBe(`${MASK} ${MASK} ${MASK} short`);
  expect(covers.apply('secret-1 a/b-c"d-e')).toBe(`${MASK} a/b-c"d-e`);
});

test("nothing is known at first", () => {
  expect(new Covers().isEmpty).toBe(true);
  expect(new Covers().apply("abcdefgh")).toBe("abcdefgh");
});

test.each([
  ["a", "a".repeat(100)],
  ["ab", "ab".repeat(20)],
])("%j over and over is gone through in time", (piece, secret) => {
  const covers = new Covers();
  covers.add(secret);
  expectLinear(2 ** 20, (size) => expect(covers.apply(piece.repeat(size / 2))).toBe(MASK));
});
