import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTimeMs } from "../../../../src/core/filter/read-time.ts";

describe("a time", () => {
  test.each([
    ["2026-03-04T05:06Z", Date.UTC(2026, 2, 4, 5, 6)],
    ["2026-03-04t05:06:07z", Date.UTC(2026, 2, 4, 5, 6, 7)],
    ["2026-03-04T05:06:07.089Z", Date.UTC(2026, 2, 4, 5, 6, 7, 89)],
    ["2026-03-04T05:06:07.0899Z", Date.UTC(2026, 2, 4, 5, 6, 7, 89)],
    ["2026-03-04T05:06:07.5Z", Date.UTC(2026, 2, 4, 5, 6, 7, 500)],
    ["2026-03-04T05:06+02:00", Date.UTC(2026, 2, 4, 3, 6)],
    ["2026-03-04T05:06-0230", Date.UTC(2026, 2, 4, 7, 36)],
    ["2024-02-29T00:00Z", Date.UTC(2024, 1, 29)],
    ["2026-03-04", new Date(2026, 2, 4).getTime()],
    ["2026-03-04T05:06", new Date(2026, 2, 4, 5, 6).getTime()],
    ["2026-03-04T05:06:07.089", new Date(2026, 2, 4, 5, 6, 7, 89).getTime()],
  ])("%s is read", (text, atMs) => {
    expect(readTimeMs(text)).toBe(atMs);
  });

  test.each([
    "",
    "2026",
    "2026-03",
    "2026-3-4",
    "2026-13-01",
    "2026-00-01",
    "2026-02-30",
    "2026-02-29T00:00Z",
    "2026-04-31",
    "2026-03-04T24:00",
    "2026-03-04T05:60",
    "2026-03-04T05",
    "2026-03-04Z",
    "2026-03-04 05:06",
    "2026-03-04T05:06+24:00",
    "1969-12-31T23:59:59Z",
    "1970-01-01T00:00+01:00",
    "9999-12-31T23:59-01:00",
    "+002026-03-04",
  ])("%j is none", (text) => {
    expect(readTimeMs(text)).toBeUndefined();
  });

  test("that a computer wrote is read to the millisecond", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (atMs) => {
        expect(readTimeMs(new Date(atMs).toISOString())).toBe(atMs);
      }),
    );
  });
});
