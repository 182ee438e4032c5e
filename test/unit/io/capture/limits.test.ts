import { describe, expect, test } from "vitest";
import {
  DEFAULT_LIMITS,
  longestBodyMs,
  paceRefusal,
  PORT_FULL,
  TOO_MANY_WAITING,
  turnedAwayReply,
} from "../../../../src/io/capture/limits.ts";

test("the limits are those that the documentation names", () => {
  expect(DEFAULT_LIMITS).toEqual({
    maxBodyBytes: 26_214_400,
    maxHeadBytes: 65_536,
    headTimeoutMs: 10_000,
    idleBodyTimeoutMs: 30_000,
    keepAliveMs: 5_000,
    maxConnections: 1024,
    maxConnectionsPerAddress: 256,
    bodyGraceMs: 30_000,
    leastBodyBytesPerSecond: 4096,
    maxBodyMs: 3_600_000,
    stalledReplyMs: 30_000,
    maxOwed: 64,
    manyOwed: 256,
    mostOwed: 512,
    waitingHeadBytes: 8_388_608,
    arrivingHeadBytes: 524_288,
    waitingReplyBytes: 4_194_304,
  });
});

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

test.each([PORT_FULL, TOO_MANY_WAITING])("$code is a 503 that says why, and when to come again", (refusal) => {
  const { status, headers, body } = turnedAwayReply(refusal);
  expect(status).toBe(503);
  expect(headers).toEqual(expect.arrayContaining(["x-hookcli-reason", refusal.code, "retry-after", "5"]));
  expect(body.kind === "bytes" && JSON.parse(Buffer.from(body.bytes).toString())).toEqual({
    error: refusal.reason,
    code: refusal.code,
  });
});
