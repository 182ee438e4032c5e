import fc from "fast-check";
import { expect, test } from "vitest";
import { drawTimeline, type TimelinePoint } from "../../../../../src/cli/commands/retries/retry-timeline.ts";

function seen(...seconds: readonly number[]): readonly TimelinePoint[] {
  return seconds.map((second) => ({ atMs: second * 1000, kind: "seen", mark: "✗" }));
}

test("long gaps are wider than short ones, and marks stand below their points", () => {
  const { points, marks } = drawTimeline(seen(0, 5, 3600), 40, true);
  expect(points).toMatch(/^●─{3,8}●─{12,}●$/);
  const below = Array.from(marks, (mark, at) => (mark === "✗" ? points[at] : mark));
  expect(below.join("")).toMatch(/^● +● +●$/);
});

test("what is missing and what comes next is hollow; without Unicode all of it is ASCII", () => {
  const points: readonly TimelinePoint[] = [
    { atMs: 0, kind: "seen", mark: "x" },
    { atMs: 1000, kind: "missing", mark: " " },
    { atMs: 2000, kind: "extra", mark: "+" },
    { atMs: 9000, kind: "next", mark: " " },
  ];
  expect(drawTimeline(points, 30, true).points).toMatch(/^●─+○─+●┄+○$/);
  const { points: line, marks } = drawTimeline(points, 30, false);
  expect(line).toMatch(/^\*-+o-+\*\.+o$/);
  expect(marks).toMatch(/^x +\+$/);
});

test("one alone is a point", () => {
  expect(drawTimeline(seen(0), 40, true)).toEqual({ points: "●", marks: "✗" });
});

test("where there is no room for all the oldest are left out", () => {
  const { points } = drawTimeline(seen(...Array.from({ length: 50 }, (_, at) => at)), 20, true);
  expect(points).toMatch(/^…─(?:●─*)+●$/);
});

test("it fits, whatever the times and the width", () => {
  const times = fc.array(fc.nat({ max: 10_000_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(times, fc.integer({ min: 5, max: 200 }), (seconds, width) => {
      const { points, marks } = drawTimeline(seen(...seconds.toSorted((a, b) => a - b)), width, true);
      expect(points.length).toBeLessThanOrEqual(Math.min(72, width));
      expect(marks.length).toBeLessThanOrEqual(points.length);
    }),
  );
});
