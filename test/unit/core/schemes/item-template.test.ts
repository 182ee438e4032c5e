import { expect, test } from "vitest";
import { itemTemplates, nameOf, readItem } from "../../../../src/core/schemes/item-template.ts";

test("a header template falls into its items", () => {
  expect(itemTemplates("t={ts}, v1={sig}", ",")).toEqual([
    { prefix: "t=", value: "ts" },
    { prefix: "v1=", value: "sig" },
  ]);
  expect(itemTemplates("v1,{sig}", " ")).toEqual([{ prefix: "v1,", value: "sig" }]);
});

test("what is no text with one value behind it is no item", () => {
  expect(itemTemplates("HmacSHA256", undefined)).toEqual([]);
  expect(itemTemplates("t={ts},v1={sig}", undefined)).toEqual([]);
  expect(itemTemplates("{sig};", undefined)).toEqual([]);
});

test("an item follows the first template whose text it begins with, if something stands behind that", () => {
  const templates = itemTemplates("t={ts},v1={sig}", ",");
  expect(readItem(templates, "v1=abc")?.value).toBe("sig");
  expect(readItem(templates, "v1=")).toBeUndefined();
  expect(readItem(templates, "v10=abc")).toBeUndefined();
  expect(readItem(templates, "")).toBeUndefined();
});

test("an item with a signature is called by what stands before it", () => {
  expect(nameOf(itemTemplates("t={ts},v1={sig}", ","))).toBe("v1");
  expect(nameOf(itemTemplates("sha256={sig}", undefined))).toBe("sha256");
  expect(nameOf(itemTemplates("{sig}", undefined))).toBe("signature");
});
