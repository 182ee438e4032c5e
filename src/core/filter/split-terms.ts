import { HookcliError } from "../model/errors.ts";
import { quoted, unescaped } from "../model/quote.ts";

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

/** One term as it stands in a filter's text; places count from 0. */
export interface WrittenTerm {
  /** With its minus and its quotes. */
  readonly written: string;
  readonly from: number;
  readonly to: number;
  readonly isNegated: boolean;
  /** What stands before the first colon, if that can be a key. Nobody has asked yet whether there is one of that name. */
  readonly key: string | undefined;
  readonly keyAt: number;
  /** What stands behind the colon, or all of it; without quotes. Never empty if it was quoted. */
  readonly value: string;
  readonly valueAt: number;
  /** The term without its minus, to be looked for as text; without quotes where all of it was quoted. */
  readonly text: string;
}

/**
 * Cuts a filter's text into terms at white space. A quote counts at the start of a term, of a value, and of a header's
 * value; elsewhere it is a character like any other, so that a piece of JSON can be typed as it is.
 * @throws BAD_FILTER
 */
export function splitTerms(text: string): readonly WrittenTerm[] {
  const terms: WrittenTerm[] = [];
  for (let at = endOf(/\s*/y, text, 0); at < text.length;) {
    const term = readTerm(text, at);
    terms.push(term);
    at = endOf(/\s*/y, text, term.to);
  }
  return terms;
}

function readTerm(text: string, from: number): WrittenTerm {
  const isNegated = text[from] === "-";
  const keyAt = isNegated ? from + 1 : from;
  if (/^(?:\s|$)/.test(text.slice(keyAt, keyAt + 1))) {
    const advice = 'Write what must not be there right behind it: -path:/health. To look for a minus, quote it: "-"';
    throw badFilter({ written: "-", from, to: keyAt, at: from }, "nothing stands behind the minus", advice);
  }
  const afterKey = endOf(/[a-z]+:/iy, text, keyAt);
  const key = afterKey > keyAt ? text.slice(keyAt, afterKey - 1) : undefined;
  const quoteAt = key?.toLowerCase() === "header" ? endOf(/[^\s"=]+=(?=")/y, text, afterKey) : afterKey;
  const isQuoted = text[quoteAt] === '"';
  const to = isQuoted ? endOfQuoted(text, from, quoteAt) : endOf(/\S*/y, text, quoteAt);
  const behind = isQuoted ? unescaped(text.slice(quoteAt + 1, to - 1)) : text.slice(quoteAt, to);
  const value = text.slice(afterKey, quoteAt) + behind;
  return {
    written: text.slice(from, to),
    from,
    to,
    isNegated,
    key,
    keyAt,
    value,
    valueAt: afterKey,
    text: key === undefined ? value : text.slice(keyAt, to),
  };
}

/** Where the quoted text that begins at `quoteAt` ends; behind it stands white space or nothing. */
function endOfQuoted(text: string, from: number, quoteAt: number): number {
  const end = endOf(/"(?:[^"\\]|\\[^])*"/y, text, quoteAt);
  const wordEnd = endOf(/\S*/y, text, end);
  const bad = (at: number, to: number): BadTerm => ({ written: text.slice(from, to), from, to, at });
  if (end === quoteAt) {
    const advice = String.raw`Close it with another quote; inside, a quote is written \" and a backslash \\`;
    throw badFilter(bad(quoteAt, text.length), "this quote is never closed", advice);
  }
  if (end === quoteAt + 2) {
    throw badFilter(bad(quoteAt, end), "nothing stands between the quotes", "Write something there, or leave them out");
  }
  if (wordEnd > end) {
    const advice = `Put a space behind the closing quote, or quote all of it: ${quoted(text.slice(from, wordEnd))}`;
    throw badFilter(bad(end, wordEnd), "something follows right behind the closing quote", advice);
  }
  return end;
}

/** Where a sticky pattern's match that begins at `at` ends; `at` where there is none. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
