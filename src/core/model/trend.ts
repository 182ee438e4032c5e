import type { DeliveryStatus } from "./delivery.ts";

/** What a delivery changed, held against the one before it of the same request to the same target. */
export type Trend = "fixed" | "regressed" | "still-failing" | "still-passing";

/** Undefined where there is nothing to compare: there was none before, or one of them has not ended. */
export function trendOf(before: DeliveryStatus | undefined, now: DeliveryStatus): Trend | undefined {
  if (before === undefined || before === "pending" || now === "pending") return undefined;
  if (now === "delivered") return before === "delivered" ? "still-passing" : "fixed";
  return before === "delivered" ? "regressed" : "still-failing";
}
