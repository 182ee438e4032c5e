import { HookcliError } from "../model/errors.ts";

/** One item as it stands in a plan's text; places count from 0. */
export interface WrittenItem {
  readonly written: string;
  readonly from: number;
  readonly to: number;
}

/** Cuts a plan's text at its commas; one between quotes is a part of what is quoted. An item may be empty. */
export function splitItems(text: string): readonly WrittenItem[] {
  const items: WrittenItem[] = [];
  for (let at = 0; ;) {
    const end = endOf(/(?:"(?:[^"\\]|\\[^])*"|[^,])*/y, text, at);
    const bare = text.slice(at, end);
    const from = at + bare.length - bare.trimStart().length;
    const written = bare.trim();
    items.push({ written, from, to: from + written.length });
    if (end >= text.length) return items;
    at = end + 1;
  }
}

/** Where a sticky pattern's match that begins at `at` ends; `at` where there is none. */
export function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

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
