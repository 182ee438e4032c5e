import { expect, test } from "vitest";
import { fillTemplate, holdsValue, templateParts } from "../../../../src/core/schemes/template.ts";

test("a template is taken apart into texts and values, in order", () => {
  expect(templateParts("v0:{ts}:{body}")).toEqual([
    { kind: "text", text: "v0:" },
    { kind: "value", name: "ts" },
    { kind: "text", text: ":" },
    { kind: "value", name: "body" },
  ]);
});

test("a brace that opens no name stands for itself", () => {
  expect(templateParts("{ts {A} {")).toEqual([{ kind: "text", text: "{ts {A} {" }]);
  expect(fillTemplate("{{ts}}", { ts: "1" })).toBe("{1}");
});

test("a template is filled once: what a value holds is not filled again", () => {
  expect(fillTemplate("t={ts},v1={sig}", { ts: "{sig}", sig: "$&" })).toBe("t={sig},v1=$&");
});

test("a value that is not given is left out", () => {
  expect(fillTemplate("[{id}]", {})).toBe("[]");
});

test("a value is known to stand in a template by its whole name", () => {
  expect(holdsValue("{ts}.{body}", "body")).toBe(true);
  expect(holdsValue("{ts}.{body}", "bod")).toBe(false);
});
