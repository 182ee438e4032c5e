import * as v from "valibot";
import { expect, test } from "vitest";
import { providerToJson } from "../../../../../src/core/wire/provider-json.ts";
import { providerShapes } from "../../../../../src/core/wire/shapes/provider-shapes.ts";
import { stripe } from "../../../../../src/core/schemes/entries/stripe.ts";

test("a line that lacks a field, or has one of another kind, is none", () => {
  const line = providerToJson({ scheme: stripe, isOwn: true, secretNames: [], variable: "X" });
  expect(v.is(providerShapes.provider, line)).toBe(true);
  expect(v.is(providerShapes.provider, { ...line, trust: "hearsay" })).toBe(false);
  expect(v.is(providerShapes.provider, { ...line, secrets: undefined })).toBe(false);
});
