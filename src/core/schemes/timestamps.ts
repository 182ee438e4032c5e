import type { TimestampRule } from "./scheme.ts";

/** A time as a scheme writes it, in milliseconds; NaN where the text is none. */
export function parseTimestamp(text: string, unit: TimestampRule["unit"]): number {
  if (unit === "iso") return /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  // With more digits it would be later than any `Date` can say.
  if (unit === "s") return /^\d{1,12}$/.test(text) ? Number(text) * 1000 : Number.NaN;
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/** The other way round. */
export function timestampText(atMs: number, unit: TimestampRule["unit"]): string {
  if (unit === "iso") return new Date(atMs).toISOString();
  return String(unit === "s" ? Math.floor(atMs / 1000) : atMs);
}

export type Freshness = "fresh" | "stale" | "future" | "untimed";

/**
 * How a time stands to a tolerance; one that cannot be read counts as stale.
 * @param atMs when it is judged
 * @param toleranceMs in place of the rule's own
 */
export function freshnessOf(
  signedAtMs: number | undefined,
  rule: TimestampRule | undefined,
  atMs: number,
  toleranceMs: number | undefined = rule?.toleranceMs,
): Freshness {
  if (!rule || signedAtMs === undefined || toleranceMs === undefined) return "untimed";
  if (Number.isNaN(signedAtMs)) return "stale";
  // A time in whole seconds is up to a second older than it says.
  const ageMs = atMs - signedAtMs - (rule.unit === "s" ? 999 : 0);
  if (ageMs > toleranceMs) return "stale";
  return rule.refusesFuture === true && signedAtMs - atMs > toleranceMs ? "future" : "fresh";
}
