import { HookcliError } from "../model/errors.ts";

/** A piece of a filter's text that cannot be used, with where it stands (0 is the first character). */
export interface BadTerm {
  readonly written: string;
  readonly from: number;
  readonly to: number;
  /** The character that the trouble is with. */
  readonly at: number;
}

const MAX_SHOWN = 60;

/**
 * Says what is wrong with one term. The details `from` and `to` say which part of the text to underline; `at` counts
 * characters as people do, from 1.
 */
export function badFilter({ written, from, to, at }: BadTerm, problem: string, advice: string): HookcliError {
  const term = written.length > MAX_SHOWN ? `${written.slice(0, MAX_SHOWN)}…` : written;
  return new HookcliError("BAD_FILTER", { term, at: at + 1, problem, advice, from, to });
}
