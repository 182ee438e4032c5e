import { unescaped } from "../model/quote.ts";
import { badPlan, endOf, type WrittenItem } from "./split-items.ts";

/** A value behind a colon or an equals sign, and where it stands in the item. */
export interface WrittenValue {
  /** Without its quotes. */
  readonly text: string;
  /** Counted within the item. */
  readonly from: number;
  readonly to: number;
}

/**
 * Reads a value up to the end of its item, or with `isField` to the next semicolon. A count behind a number is left where
 * it stands.
 * @throws BAD_FAULT_PLAN
 */
export function readValue(item: WrittenItem, from: number, isField: boolean): WrittenValue {
  const { written } = item;
  if (written[from] === '"') {
    const to = endOf(/"(?:[^"\\]|\\[^])*"/y, written, from);
    if (to > from) return { text: unescaped(written.slice(from + 1, to - 1)), from, to };
    const advice = String.raw`Close it with another quote; inside, a quote is written \" and a backslash \\`;
    throw badPlan({ ...item, at: item.from + from }, "this quote is never closed", advice);
  }
  const end = endOf(isField ? /[^\s;"]*/y : /[^\s"]*/y, written, from);
  const [, number = "", count] = /^(\d[^x]*)(x\d+)$/i.exec(written.slice(from, end)) ?? [];
  const to = count === undefined ? end : from + number.length;
  const text = written.slice(from, to);
  if (/x\d+$/i.test(text)) throw ambiguous(item, { text, from, to });
  return { text, from, to };
}

function ambiguous(item: WrittenItem, { text, to }: WrittenValue): Error {
  const [, bare = "", count = ""] = /^([^]*)(x\d+)$/i.exec(text) ?? [];
  const advice = `Quote what belongs to the value: "${bare}"${count}, or "${text}"`;
  const at = item.from + to - count.length;
  return badPlan({ ...item, at }, `${count} may belong to ${text.slice(0, 40)} or say how often`, advice);
}
