import { expect, test } from "vitest";
import type { DeliveryStatus } from "../../../../src/core/model/delivery.ts";
import { type Trend, trendOf } from "../../../../src/core/model/trend.ts";

test.each<[DeliveryStatus | undefined, DeliveryStatus, Trend | undefined]>([
  ["failed", "delivered", "fixed"],
  ["delivered", "failed", "regressed"],
  ["failed", "failed", "still-failing"],
  ["delivered", "delivered", "still-passing"],
  [undefined, "delivered", undefined],
  [undefined, "failed", undefined],
  ["pending", "delivered", undefined],
  ["delivered", "pending", undefined],
])("%s before and %s now is %s", (before, now, trend) => {
  expect(trendOf(before, now)).toBe(trend);
});
