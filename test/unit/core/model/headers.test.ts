import fc from "fast-check";
import { expect, test } from "vitest";
import { headerFields, headerValue, headerValues } from "../../../../src/core/model/headers.ts";
import { latin1Text } from "../../../helpers/hostile-text.ts";

const fields = fc.array(fc.tuple(latin1Text, latin1Text));

test("fields are visited in wire order, repeats and letter case kept", () => {
  fc.assert(
    fc.property(fields, (pairs) => {
      expect([...headerFields(pairs.flat())]).toEqual(pairs);
    }),
  );
});

test("a name without a value is no field", () => {
  expect([...headerFields(["a", "1", "b"])]).toEqual([["a", "1"]]);
});

test("all values of a name are found in order, in whatever letter case it was sent", () => {
  const pairs = ["X-A", "1", "x-b", "2", "x-a", "3", "X-a", ""];
  expect(headerValues(pairs, "X-A")).toEqual(["1", "3", ""]);
  expect(headerValues(pairs, "x-A")).toEqual(["1", "3", ""]);
  expect(headerValues(pairs, "x-")).toEqual([]);
});

test("one value is the first one, and an empty one is not an absent one", () => {
  expect(headerValue(["a", "", "A", "2"], "A")).toBe("");
  expect(headerValue(["a", "1"], "b")).toBeUndefined();
});
