import fc from "fast-check";
import { expect, test } from "vitest";
import { Covers } from "../../../../src/core/model/covers.ts";
import { covering, maskedBeginning, revealing, usualMask } from "../../../../src/core/model/mask.ts";
import { MASK } from "../../../../src/core/model/redact.ts";

const covers = new Covers();
covers.add("whsec_abcdefgh.ijklm");
const mask = covering(covers);

test("what is known to be secret is covered before what looks like it, so that no rest of it stays", () => {
  expect(mask.text("a whsec_abcdefgh.ijklm b whsec_otherother.rest")).toBe(`a ${MASK} b ${MASK}.rest`);
});

test("headers are covered by name, by form and by what is known", () => {
  const pairs = ["Authorization", "x", "X-A", "whsec_abcdefgh.ijklm", "X-B", "?token=abc&x=1", "X-C", "c"];
  const masked = ["Authorization", MASK, "X-A", MASK, "X-B", `?token=${MASK}&x=1`, "X-C", "c"];
  expect(mask.headers(pairs)).toEqual(masked);
  expect(mask.headerValue("cookie", "x")).toBe(MASK);
  expect(usualMask.headers(["X-A", "ordinary-text-1"])).toEqual(["X-A", "ordinary-text-1"]);
});

test("a mask with more to cover covers that besides", () => {
  expect(mask.and(["ordinary-text-1"]).text("ordinary-text-1 whsec_abcdefgh.ijklm")).toBe(`${MASK} ${MASK}`);
  expect(mask.and([]).text("ordinary-text-1")).toBe("ordinary-text-1");
});

test("to reveal is to change nothing", () => {
  const pairs = ["Authorization", "x"];
  expect([revealing.text("?token=a"), revealing.headerValue("cookie", "x"), revealing.headers(pairs)]).toEqual([
    "?token=a",
    "x",
    pairs,
  ]);
  expect(revealing.and(["a secret of eight"]).isRevealing).toBe(true);
});

test("of a secret that goes through the end of a beginning nothing is shown, wherever it stands", () => {
  const filling = "filling ".repeat(6000);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), fc.constantFrom(100, 500, 16_384), (at, length) => {
      const text = `${filling.slice(0, at)}whsec_abcdefgh.ijklm${filling}`;
      const shown = maskedBeginning(text, length, mask);
      expect(shown.length).toBeLessThanOrEqual(length);
      expect(shown).not.toMatch(/whsec|abcd|ijkl/);
    }),
    {
      examples: [
        [90, 100],
        [99, 100],
        [100, 100],
      ],
    },
  );
});

test("of a secret that goes through the end of what is looked at nothing is shown, however much was masked before it", () => {
  const many = "whsec_abcdefgh.ijklm ".repeat(2000);
  for (let more = 0; more < 40; more += 1) {
    const shown = maskedBeginning(`${"x".repeat(more)}${many}`, 16_384, mask);
    expect(shown.replaceAll(MASK, "")).toMatch(/^x* *$/);
  }
});
