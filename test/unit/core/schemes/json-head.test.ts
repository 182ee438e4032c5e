import fc from "fast-check";
import { expect, test } from "vitest";
import { readJsonHead } from "../../../../src/core/schemes/json-head.ts";

test("reads the fields that end in what there is, and nothing behind them", () => {
  expect(readJsonHead('{"id":"evt_1","data":{"a":[1,{"b":"}"}]},"type":"x","note":"cut o')).toEqual({
    id: "evt_1",
    data: { a: [1, { b: "}" }] },
    type: "x",
  });
});

test("a value that reaches the end may go on behind it", () => {
  expect(readJsonHead('{"id":12')).toEqual({});
  expect(readJsonHead('{"id":"a"')).toEqual({});
  expect(readJsonHead('{"id":"a",')).toEqual({ id: "a" });
});

test("reads the elements of a list", () => {
  expect(readJsonHead('[{"event":"open"},{"event":"cl')).toEqual([{ event: "open" }]);
});

test("stops where it is no JSON any more", () => {
  expect(readJsonHead('{"id":"a","b":tru,"c":1,"d":2}')).toEqual({ id: "a" });
  expect(readJsonHead("{id:1,}")).toEqual({});
});

test("a field called __proto__ is one like any other", () => {
  const head = readJsonHead('{"__proto__":{"id":"x"},"a":1, ') as object;
  expect(Object.getPrototypeOf(head)).toBe(Object.prototype);
  expect(Object.keys(head)).toEqual(["__proto__", "a"]);
});

test("what is no object and no list has no head", () => {
  for (const text of ["", "  ", '"id"', "1", "null", "\u0000"]) expect(readJsonHead(text)).toBeUndefined();
});

test("never throws and always ends, wherever a document is cut and whatever is put into it", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string(), (json, at, noise) => {
      const cut = at % (json.length + 1);
      expect(() => readJsonHead(json.slice(0, cut) + noise)).not.toThrow();
      expect(() => readJsonHead(`{${noise}`)).not.toThrow();
    }),
  );
});

test("finds in the head of an object what is in the whole", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (whole, at) => {
      const text = JSON.stringify(whole);
      const parsed = JSON.parse(text) as Readonly<Record<string, unknown>>;
      const head = readJsonHead(text.slice(0, at % (text.length + 1))) as Readonly<Record<string, unknown>> | undefined;
      for (const [name, value] of Object.entries(head ?? {})) expect(value).toEqual(parsed[name]);
    }),
  );
});
