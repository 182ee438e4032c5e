import { expect, test } from "vitest";
import { isoSeconds, isoTime, unixSeconds } from "../../../../src/core/samples/sample.ts";

const AT_MS = Date.UTC(2026, 10, 22, 14, 32, 15, 918);

test("times are written as providers write them, never rounded up", () => {
  expect(unixSeconds(AT_MS)).toBe(1_795_357_935);
  expect(isoTime(AT_MS)).toBe("2026-11-22T14:32:15.918Z");
  expect(isoSeconds(AT_MS)).toBe("2026-11-22T14:32:15Z");
});
