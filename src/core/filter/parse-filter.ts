import { nearestOf } from "../model/nearest.ts";
import { badFilter, splitTerms, type WrittenTerm } from "./split-terms.ts";
import { type Condition, type Filter, isKnownOnArrival, type Term } from "./filter.ts";
import { FILTER_KEYS } from "./filter-keys.ts";
import { quoted } from "../model/quote.ts";

export interface FilterOptions {
  /** Refuses conditions about deliveries: the filter is asked when a request arrives. */
  readonly knownOnArrivalOnly?: boolean;
}

/** A filter becomes one SQL condition, and its globs SQLite's: both have limits far above these. */
const MAX_TERMS = 100;
const MAX_CHARACTERS = 4000;

/**
 * Reads a filter: terms side by side, all of which must hold; nothing at all lets everything through. What has no key is
 * looked for as text, and so is what only looks like one: a URL (`http://…`), a word that ends in a colon (`error:`).
 * @throws BAD_FILTER its details hold `at` (counted from 1) and `from`, `to` (from 0): where in the text the trouble is
 */
export function parseFilter(text: string, { knownOnArrivalOnly = false }: FilterOptions = {}): Filter {
  if (text.length > MAX_CHARACTERS) {
    const place = { written: text, from: MAX_CHARACTERS, to: text.length, at: MAX_CHARACTERS };
    throw badFilter(place, `a filter has at most ${MAX_CHARACTERS} characters`, "Leave some of it out");
  }
  // A lone half of a surrogate pair has no bytes that could be found.
  const terms = splitTerms(text.toWellFormed());
  const surplus = terms[MAX_TERMS];
  if (surplus) {
    throw badFilter({ ...surplus, at: surplus.from }, `a filter has at most ${MAX_TERMS} terms`, "Leave some out");
  }
  return terms.map((term) => readTerm(term, knownOnArrivalOnly));
}

function readTerm(term: WrittenTerm, knownOnArrivalOnly: boolean): Term {
  const condition = readCondition(term);
  if (knownOnArrivalOnly && !isKnownOnArrival(condition)) {
    const advice =
      "Leave it out here; hookcli list knows it. What a request itself says can be used: type, path, header";
    throw badFilter(
      { ...term, at: term.keyAt },
      "it is asked when a request arrives, and then nothing has been delivered yet",
      advice,
    );
  }
  return { isNegated: term.isNegated, condition, from: term.from, to: term.to };
}

function readCondition(term: WrittenTerm): Condition {
  const { key, value } = term;
  if (key === undefined) return { kind: "text", text: term.text };
  const known = FILTER_KEYS.find((candidate) => candidate.key === key.toLowerCase());
  if (!known) {
    if (value === "" || value.startsWith("//")) return { kind: "text", text: term.text };
    throw unknownKey(term, key);
  }
  if (value === "") {
    const advice = `Write it like this: ${known.examples.join(" or ")}`;
    throw badFilter({ ...term, at: term.valueAt - 1 }, "nothing stands behind the colon", advice);
  }
  return known.read(term);
}

function unknownKey(term: WrittenTerm, key: string): Error {
  const keys = FILTER_KEYS.map((known) => known.key);
  const near = nearestOf(key, keys);
  const meant = near === undefined ? `Keys are ${keys.join(", ")}.` : `Did you mean ${near}:${term.value}?`;
  const advice = `${meant} To look for the text itself, quote it: ${quoted(term.text)}`;
  return badFilter({ ...term, at: term.keyAt }, `there is no key ${key}`, advice);
}
