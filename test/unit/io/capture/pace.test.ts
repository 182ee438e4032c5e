import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../../../src/io/capture/limits.ts";
import { longestBodyMs, paceRefusal } from "../../../../src/io/capture/pace.ts";

const MIB = 1024 * 1024;

describe("a body", () => {
  test.each([
    ["25 MB at 20 KB a second, to the end", 25_000_000, 1_250_000, 1000],
    ["that began a moment ago", 0, 29_000, 29_000],
    ["that pauses for less than the limit", 500_000, 60_000, 29_000],
    ["that comes at just the least average", 4096 * 100, 100_000, 1000],
  ])("%s, is waited for", (_what, bytes, forMs, idleMs) => {
    expect(paceRefusal({ bytes, forMs, idleMs }, DEFAULT_LIMITS)).toBeUndefined();
  });

  test.each([
    ["that pauses too long", 5_000_000, 60_000, 30_001, "body-timeout"],
    ["that drips a byte every 14 s", 3, 30_001, 2000, "body-too-slow"],
    ["that comes at less than the least average", 4095 * 100, 100_000, 1000, "body-too-slow"],
    ["that takes an hour", 25 * MIB, 3_600_001, 0, "body-timeout"],
  ])("%s, is broken off with 408", (_what, bytes, forMs, idleMs, code) => {
    expect(paceRefusal({ bytes, forMs, idleMs }, DEFAULT_LIMITS)).toMatchObject({ status: 408, code });
  });
});

test("a larger --max-body has more time: 16 KiB a second are enough for it", () => {
  expect(longestBodyMs(DEFAULT_LIMITS)).toBe(3_600_000);
  expect(longestBodyMs({ ...DEFAULT_LIMITS, maxBodyBytes: 1024 * MIB })).toBe(65_536_000);
});
