import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeBody } from "../../../../src/core/samples/encode-body.ts";

const encoded = (text: string, encoding: Parameters<typeof encodeBody>[1]): string =>
  Buffer.from(encodeBody(text, encoding)).toString();

test("JSON goes out as it is", () => {
  expect(encoded('{"a": "é"}', "json")).toBe('{"a": "é"}');
});

test("what is beyond ASCII becomes escapes in small letters, and means the same", () => {
  expect(encoded('{"a":"é€😀"}', "json-ascii")).toBe('{"a":"\\u00e9\\u20ac\\ud83d\\ude00"}');
  fc.assert(
    fc.property(fc.json(), (json) => {
      const text = encoded(json, "json-ascii");
      expect(text).toMatch(/^[\0-\u007f]*$/);
      expect(JSON.parse(text)).toEqual(JSON.parse(json));
    }),
  );
});

test("the fields of an object become a form, those that are no text as JSON", () => {
  expect(encoded('{"Body":"a b&c","To":"+1","n":1,"list":[1]}', "form")).toBe("Body=a+b%26c&To=%2B1&n=1&list=%5B1%5D");
});

test.each(["[1]", '"text"', "null"])("what is no object stays as it is in a form: %s", (text) => {
  expect(encoded(text, "form")).toBe(text);
});
