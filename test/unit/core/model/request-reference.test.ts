import fc from "fast-check";
import { expect, test } from "vitest";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { parseRequestReference, parseRequestSelection } from "../../../../src/core/model/request-reference.ts";
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

test("latest of a type counts back among the events of that type", () => {
  expect(parseRequestReference("latest:order.*")).toEqual({ kind: "latest", back: 0, typeGlob: "order.*" });
  expect(parseRequestReference("latest:a:b~3")).toEqual({ kind: "latest", back: 3, typeGlob: "a:b" });
});

test.each(["evt_1PqR5x", "0c5e4a3e-7b9c-4f1e-9d3a-2f1b6c7d8e9f", "order:55/refund#2", "a1b"])(
  "%s is the id of an event",
  (eventId) => {
    expect(parseRequestReference(eventId)).toEqual({ kind: "event", eventId });
  },
);

test("a range holds both its ends, and all that names one request is a selection too", () => {
  expect(parseRequestSelection("40..50")).toEqual({ kind: "range", least: 40, most: 50 });
  expect(parseRequestSelection("#7..#7")).toEqual({ kind: "range", least: 7, most: 7 });
  expect(parseRequestSelection("latest~2")).toEqual({ kind: "latest", back: 2 });
  expect(() => parseRequestSelection("50..40")).toThrow(expect.objectContaining({ code: "BAD_VALUE" }));
});

test("whatever else is written is a BAD_VALUE, never another error or another meaning", () => {
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.string({ unit: fc.constantFrom(..."latest~#-01 ".split("")) })), (text) => {
      fc.pre(!/^(?:#?\d+|latest(?::[^\s~]+)?(?:~\d+)?)$/.test(text) && !looksLikeEventId(text));
      expect(() => parseRequestReference(text)).toThrow(expect.objectContaining({ code: "BAD_VALUE" }));
    }),
    { examples: nastyStrings.map((text) => [text]) },
  );
});

function looksLikeEventId(text: string): boolean {
  return /^(?!latest\b)[A-Za-z0-9][!-~]{2,199}$/.test(text) && /[A-Za-z]/.test(text) && /\d/.test(text);
}

test.each(["1234567890123456", "latest~1234567890", "latest~", "latest~-1", "##1", "-1", "1.0", " 1", "1\n", "Latest"])(
  "%j is refused",
  (text) => {
    expect(() => parseRequestReference(text)).toThrow(HookcliError);
  },
);
