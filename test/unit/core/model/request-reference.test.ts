import fc from "fast-check";
import { expect, test } from "vitest";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { parseRequestReference } from "../../../../src/core/model/request-reference.ts";
import { hostileText, nastyStrings } from "../../../helpers/hostile-text.ts";

test("an id is read with and without its #", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom("", "#"), (id, mark) => {
      expect(parseRequestReference(`${mark}${id}`)).toEqual({ kind: "id", id });
    }),
  );
});

test("latest counts back from the newest", () => {
  expect(parseRequestReference("latest")).toEqual({ kind: "latest", back: 0 });
  fc.assert(
    fc.property(fc.nat(999_999_999), (back) => {
      expect(parseRequestReference(`latest~${back}`)).toEqual({ kind: "latest", back });
    }),
  );
});

test("whatever else is written is a BAD_VALUE, never another error or another meaning", () => {
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.string({ unit: fc.constantFrom(..."latest~#-01 ".split("")) })), (text) => {
      fc.pre(!/^(?:#?\d+|latest(?:~\d+)?)$/.test(text));
      expect(() => parseRequestReference(text)).toThrow(expect.objectContaining({ code: "BAD_VALUE" }));
    }),
    { examples: nastyStrings.map((text) => [text]) },
  );
});

test.each(["1234567890123456", "latest~1234567890", "latest~", "latest~-1", "##1", "-1", "1.0", " 1", "1\n", "Latest"])(
  "%j is refused",
  (text) => {
    expect(() => parseRequestReference(text)).toThrow(HookcliError);
  },
);
