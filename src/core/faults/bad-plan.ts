import { HookcliError } from "../model/errors.ts";

/** An item of a plan that cannot be used, with where it stands (0 is the first character). */
export interface BadItem {
  readonly written: string;
  readonly from: number;
  readonly to: number;
  /** The character that the trouble is with. */
  readonly at: number;
}

const MAX_SHOWN = 60;

/**
 * Says what is wrong with an item. The details `from` and `to` say which part of the text to underline; `at` counts
 * characters as people do, from 1.
 */
export function badPlan({ written, from, to, at }: BadItem, problem: string, advice: string): HookcliError {
  const item = written.length > MAX_SHOWN ? `${written.slice(0, MAX_SHOWN)}…` : written || "nothing";
  return new HookcliError("BAD_FAULT_PLAN", { item, at: at + 1, problem, advice, from, to });
}
