import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import {
  countText,
  dateTimeText,
  durationText,
  listTimeText,
  plural,
  shorten,
  timeText,
} from "../../../../src/cli/words/units.ts";
import { SAMPLE_TIME_MS } from "../../../helpers/samples.ts";

test.each([
  [0, "<1 ms"],
  [0.94, "<1 ms"],
  [0.95, "1 ms"],
  [23.4, "23 ms"],
  [999.4, "999 ms"],
  [999.5, "1.0 s"],
  [1234, "1.2 s"],
  [9949, "9.9 s"],
  [9950, "10 s"],
  [59_499, "59 s"],
  [59_500, "1 min"],
  [60_000, "1 min"],
  [125_000, "2 min 5 s"],
  [3_600_000, "60 min"],
])("%d ms are %s", (durationMs, text) => {
  expect(durationText(durationMs)).toBe(text);
});

test("no duration is ever sixty seconds", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (durationMs) => {
      expect(durationText(durationMs)).not.toMatch(/\b60 s|\b1000 ms|\b10\.0 s/);
    }),
    { examples: [[59_900], [59_949], [119_700], [9951]] },
  );
});

describe("times are local:", () => {
  const zone = process.env["TZ"];
  afterEach(() => {
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
  });

  test.each([
    ["UTC", "2026-03-04 05:06:07.089"],
    ["Asia/Kolkata", "2026-03-04 10:36:07.089"],
    ["America/Los_Angeles", "2026-03-03 21:06:07.089"],
  ])("in %s it is %s", (name, text) => {
    process.env["TZ"] = name;
    expect(dateTimeText(SAMPLE_TIME_MS)).toBe(text);
    expect(timeText(SAMPLE_TIME_MS)).toBe(text.slice(11, 19));
  });
});

test("times of one second are the same text, and the next second, or the one before, is another", () => {
  const startMs = new Date(2026, 2, 4, 5, 6, 7).getTime();
  const times = [0, 1, 999, 1000, 1999, 0, 999, -1, 0].map((passedMs) => timeText(startMs + passedMs));
  const [before, first, next] = ["05:06:06", "05:06:07", "05:06:08"];
  expect(times).toEqual([first, first, first, next, next, first, first, before, first]);
  expect(dateTimeText(startMs + 1)).toBe("2026-03-04 05:06:07.001");
  expect(dateTimeText(new Date(2026, 2, 5, 5, 6, 7, 2).getTime())).toBe("2026-03-05 05:06:07.002");
});

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [1_234_567, "1,234,567"],
])("the count %i is written %s", (count, text) => {
  expect(countText(count)).toBe(text);
});

test("one is singular, all else is plural", () => {
  expect([plural(0, "request"), plural(1, "request"), plural(1204, "request")]).toEqual([
    "0 requests",
    "1 request",
    "1,204 requests",
  ]);
});

test("shortened text never exceeds its width, and shows that something is missing", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 30 }), (text, width) => {
      const shortened = shorten(text, width);
      expect(shortened.length).toBeLessThanOrEqual(width);
      if (text.length <= width) expect(shortened).toBe(text);
      else expect(shortened).toBe(`${text.slice(0, width - 1)}…`);
    }),
  );
});

test.each([
  ["2026-03-04T05:06:07", "2026-03-04T23:59:59", "05:06:07"],
  ["2026-03-04T05:06:07", "2026-03-05T00:00:00", "03-04 05:06"],
  ["2025-12-31T05:06:07", "2026-01-01T00:00:00", "2025-12-31 05:06"],
])("a list shows %s at %s as %s", (at, now, text) => {
  expect(listTimeText(new Date(at).getTime(), new Date(now).getTime())).toBe(text);
});
