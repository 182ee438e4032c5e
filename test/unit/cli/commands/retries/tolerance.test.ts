import { expect, test } from "vitest";
import { readTolerance } from "../../../../../src/cli/commands/retries/tolerance.ts";
import { Flags } from "../../../../../src/cli/settings/flags.ts";
import { DEFAULT_TOLERANCE } from "../../../../../src/core/schedules/comparison.ts";

const read = (tolerance?: string) => readTolerance(new Flags({ tolerance }, () => ({ kind: "flag" })));

test.each([
  ["10%,5s", { percent: 10, leastMs: 5000 }],
  ["5s, 10%", { percent: 10, leastMs: 5000 }],
  ["0.5%", { percent: 0.5, leastMs: 0 }],
  ["2m", { percent: 0, leastMs: 120_000 }],
  [undefined, DEFAULT_TOLERANCE],
])("%s is a tolerance", (text, tolerance) => {
  expect(read(text)).toEqual(tolerance);
});

test.each(["", "10", "10%,20%", "1s,2s", "10%,", "-1s", "ten"])("%j is none", (text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: "BAD_VALUE" }) as Error);
});
