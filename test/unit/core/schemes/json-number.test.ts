import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonNumberText } from "../../../../src/core/schemes/json-number.ts";

test("finds the digits that parsing loses", () => {
  const text = '{"a": {"id" : 9007199254740993 }, "list":[1, 12345678901234567890]}';
  expect(jsonNumberText(text, ["a", "id"])).toBe("9007199254740993");
  expect(jsonNumberText(text, ["list", "1"])).toBe("12345678901234567890");
  expect(jsonNumberText(" 9007199254740993 ", [])).toBe("9007199254740993");
});

test("takes the last of repeated fields, as parsing does", () => {
  expect(jsonNumberText('{"id":1,"id":2}', ["id"])).toBe("2");
});

test("finds nothing where no number is", () => {
  for (const steps of [["b"], ["a"], ["a", "x"], ["t"], ["t", "0"], ["n"]])
    expect(jsonNumberText('{"a":{"x":"1"},"t":"12","n":null}', steps)).toBeUndefined();
});

test("finds every safe number of any document as parsing does", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), (whole) => {
      const text = JSON.stringify(whole);
      for (const [name, value] of Object.entries(JSON.parse(text) as Readonly<Record<string, number>>))
        expect(jsonNumberText(text, [name])).toBe(String(value));
    }),
  );
});
