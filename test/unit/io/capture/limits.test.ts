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
