import { describe, expect, test } from "vitest";
import {
  contentVariation,
  keyVariation,
  secretVariation,
  timeOf,
  timestampVariation,
  urlVariation,
  variation,
} from "../../../../../src/core/schemes/explain/variation.ts";
import { hypothesisFor, sceneFor, stripeMessage } from "../../../../helpers/explained.ts";

const usual = hypothesisFor(sceneFor(stripeMessage()));

describe("a variation changes one thing", () => {
  test("the secret", () => {
    const changed = secretVariation("x", (text) => `${text}\n`).apply(usual);
    expect(changed).toEqual({ ...usual, secretText: "whsec_test_3f9a8c\n" });
  });

  test("the key's form, but not of a pair of keys", () => {
    expect(keyVariation("hex").apply(usual)?.keyForm).toBe("hex");
    expect(keyVariation("hex").apply({ ...usual, keyForm: "ed25519" })).toBeUndefined();
  });

  test("the content", () => {
    expect(contentVariation("{body}").apply(usual)?.content).toBe("{body}");
  });

  test("the time, in whatever unit it is written", () => {
    const inMs = timestampVariation("in milliseconds", (atMs) => String(atMs));
    expect(inMs.apply(usual)?.timestamp).toBe("1772600767000");
    expect(inMs.apply({ ...usual, timestamp: "2026-03-04T05:06:07Z" })?.timestamp).toBe("1772600767000");
  });

  test("the address", () => {
    expect(urlVariation((url) => url.origin).apply(usual)?.url).toBe("https://shop.test");
  });
});

test("what would change nothing is no variation", () => {
  expect(secretVariation(undefined, (text) => text.trim()).apply(usual)).toBeUndefined();
  expect(secretVariation(undefined, () => undefined).apply(usual)).toBeUndefined();
  expect(keyVariation("utf8").apply(usual)).toBeUndefined();
  expect(timestampVariation("", () => "1").apply({ ...usual, timestamp: "soon" })).toBeUndefined();
  expect(timestampVariation("", () => "1").apply({ ...usual, timestamp: undefined })).toBeUndefined();
  expect(urlVariation((_, text) => text).apply(usual)).toBeUndefined();
  expect(urlVariation(() => "x").apply({ ...usual, url: "no address" })).toBeUndefined();
});

test("a detail is there only where there is one", () => {
  expect(Object.keys(variation(undefined, () => undefined))).toEqual(["apply"]);
  expect(variation("x", () => undefined).detail).toBe("x");
});

test.each([
  ["1772600767", 1_772_600_767_000],
  ["1772600767089", 1_772_600_767_089],
  ["2026-03-04T05:06:07.089Z", 1_772_600_767_089],
  ["999999999999999", 999_999_999_999_999],
  ["soon", Number.NaN],
  ["12345678901234567890", Number.NaN],
])("%s is %d", (text, atMs) => {
  expect(timeOf(text)).toBe(atMs);
});
