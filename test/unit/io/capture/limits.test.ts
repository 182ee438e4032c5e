import { expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../../../src/io/capture/limits.ts";

test("the limits are those that the documentation names", () => {
  expect(DEFAULT_LIMITS).toEqual({
    maxBodyBytes: 26_214_400,
    maxHeadBytes: 65_536,
    headTimeoutMs: 10_000,
    idleBodyTimeoutMs: 30_000,
    keepAliveMs: 5_000,
    maxConnections: 1024,
  });
});
