import { within } from "./within.ts";

/** Nothing here takes a tenth of this: it bounds what hangs, also on a machine that does a dozen other things. */
const PATIENCE_MS = 90_000;

/**
 * Waits for an event, and says what there was in its place if it never comes: sooner than the limit of the test, which
 * only knows that the time is up.
 * @param evidence what a person wants to see then
 */
export async function patiently<Result>(waiting: Promise<Result>, evidence: () => string): Promise<Result> {
  return within(PATIENCE_MS, waiting, evidence);
}
