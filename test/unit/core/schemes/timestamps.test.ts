import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freshnessOf, parseTimestamp, timestampText } from "../../../../src/core/schemes/timestamps.ts";

describe("parseTimestamp", () => {
  test("reads seconds, milliseconds and ISO 8601, with more digits than milliseconds too", () => {
    expect(parseTimestamp("1700000000", "s")).toBe(1_700_000_000_000);
    expect(parseTimestamp("1700000000123", "ms")).toBe(1_700_000_000_123);
    expect(parseTimestamp("2023-11-14T22:13:20Z", "iso")).toBe(1_700_000_000_000);
    expect(parseTimestamp("2023-11-14T22:13:20.123456789Z", "iso")).toBe(1_700_000_000_123);
    expect(parseTimestamp("2023-11-14T14:13:20-08:00", "iso")).toBe(1_700_000_000_000);
  });

  test.each(["", " 1", "1 ", "-1", "+1", "1.5", "1e9", "0x1", "١", "9".repeat(13), "2023-11-14"])(
    "finds no seconds in %j",
    (text) => {
      expect(parseTimestamp(text, "s")).toBeNaN();
    },
  );

  test.each(["2023-11-14", "Tue, 14 Nov 2023 22:13:20 GMT", "2023-13-45T00:00:00Z", "1700000000", ""])(
    "finds no ISO 8601 in %j",
    (text) => {
      expect(parseTimestamp(text, "iso")).toBeNaN();
    },
  );

  test("never finds a time that a Date cannot hold", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,40}$/), fc.constantFrom("s" as const, "ms" as const), (text, unit) => {
        const atMs = parseTimestamp(text, unit);
        expect(Number.isNaN(atMs) || !Number.isNaN(new Date(atMs).getTime())).toBe(true);
      }),
    );
  });
});

test("a time is written as it is read", () => {
  for (const unit of ["ms", "iso"] as const)
    expect(parseTimestamp(timestampText(1_700_000_000_123, unit), unit)).toBe(1_700_000_000_123);
  expect(timestampText(1_700_000_000_999, "s")).toBe("1700000000");
});

describe("freshnessOf", () => {
  const rule = { unit: "s", toleranceMs: 300_000, refusesFuture: true } as const;
  const signedAtMs = 1_700_000_000_000;

  test("counts whole seconds as the providers do: 300 pass, 301 do not", () => {
    expect(freshnessOf(signedAtMs, rule, signedAtMs + 300_999, undefined)).toBe("fresh");
    expect(freshnessOf(signedAtMs, rule, signedAtMs + 301_000, undefined)).toBe("stale");
    expect(freshnessOf(signedAtMs, { ...rule, unit: "ms" }, signedAtMs + 300_001, undefined)).toBe("stale");
  });

  test("knows a future only where the rule refuses one", () => {
    expect(freshnessOf(signedAtMs, rule, signedAtMs - 300_000, undefined)).toBe("fresh");
    expect(freshnessOf(signedAtMs, rule, signedAtMs - 300_001, undefined)).toBe("future");
    expect(freshnessOf(signedAtMs, { ...rule, refusesFuture: false }, 0, undefined)).toBe("fresh");
  });

  test("takes another tolerance in place of the rule's own, also where that has none", () => {
    expect(freshnessOf(signedAtMs, rule, signedAtMs + 400_000, 500_000)).toBe("fresh");
    expect(freshnessOf(signedAtMs, { unit: "s" }, signedAtMs + 400_000, 5000)).toBe("stale");
  });

  test("says nothing where there is no time, no rule or no tolerance", () => {
    expect(freshnessOf(undefined, rule, signedAtMs, undefined)).toBe("untimed");
    expect(freshnessOf(signedAtMs, undefined, signedAtMs, 5)).toBe("untimed");
    expect(freshnessOf(signedAtMs, { unit: "s" }, 9e15, undefined)).toBe("untimed");
  });

  test("calls a time that cannot be read stale", () => {
    expect(freshnessOf(Number.NaN, rule, signedAtMs, undefined)).toBe("stale");
  });
});
