import { badValue, HookcliError } from "../model/errors.ts";
import { parseDurationMs, parseSizeBytes } from "../model/quantities.ts";
import { unescaped } from "../model/quote.ts";
import type { ArgumentKind, Fault, FaultOptions } from "./fault.ts";
import { badPlan, endOf, type WrittenItem } from "./split-items.ts";

/** What an item says behind its colon, and where in the item that ends. */
export interface ReadArgument {
  readonly options: FaultOptions;
  readonly to: number;
}

/**
 * @param from behind the colon, counted within the item
 * @throws BAD_FAULT_PLAN
 */
export function readArgument(fault: Fault, item: WrittenItem, from: number): ReadArgument {
  const { takes } = fault;
  if (takes === "nothing") {
    const advice = `Leave out what stands behind it: ${fault.name}`;
    throw badPlan({ ...item, at: item.from + from - 1 }, `${fault.name} takes nothing`, advice);
  }
  if (takes === "fields") return readFields(item, from);
  const value = readValue(item, from, false);
  if (value.text === "") throw missing(fault, item, from - 1);
  return { options: readOne(takes, fault, item, value), to: value.to };
}

/** The item ends where a value should stand. */
export function missing(fault: Fault, item: WrittenItem, at: number): HookcliError {
  const place = { ...item, at: item.from + at };
  return badPlan(place, `nothing stands behind ${fault.name}`, `Write it like this: ${fault.examples.join(" or ")}`);
}

function readOne(
  takes: Exclude<ArgumentKind, "nothing" | "fields">,
  { examples }: Fault,
  item: WrittenItem,
  { text, from }: WrittenValue,
): FaultOptions {
  try {
    switch (takes) {
      case "duration":
        return { durationMs: parseDurationMs(text, text) };
      case "size":
        return { bytes: parseSizeBytes(text, text) };
      case "rate":
        return { bytesPerSecond: readRate(text) };
      case "url":
        return { url: readUrl(text) };
      default:
        return takes satisfies never;
    }
  } catch (error) {
    if (!(error instanceof HookcliError)) throw error;
    const advice = `Write it like this: ${examples.join(" or ")}`;
    throw badPlan({ ...item, at: item.from + from }, String(error.details["problem"]), advice);
  }
}

function readRate(text: string): number {
  const bytesPerSecond = parseSizeBytes(text.replace(/\/s$/i, ""), text);
  if (bytesPerSecond < 1) throw notGood(text, "at no pace nothing would ever come; timeout is the fault for that");
  return bytesPerSecond;
}

function readUrl(text: string): string {
  if (!/^(?:https?:\/\/[\u0021-\u007e]+|\/[\u0021-\u007e]*)$/i.test(text))
    throw notGood(text, "it is no URL: it starts with https://, http:// or /, and %XX stands for what is not ASCII");
  return text;
}

/** Only the problem counts: `readOne` puts it into an error that says where it stands. */
function notGood(text: string, problem: string): HookcliError {
  return badValue(text, text, problem, "");
}

/** Framing belongs to the connection. */
const FRAMING = /^(?:content-length|transfer-encoding|connection|upgrade|keep-alive|proxy-connection|te|trailer)$/i;
const EXAMPLE = '429:retry-after=3 or 500:body="{}";x-shop=1';

/**
 * `name=value` with semicolons between them: header fields, and `body` for the body.
 * @param from behind the colon, counted within the item
 * @throws BAD_FAULT_PLAN
 */
export function readFields(item: WrittenItem, from: number): ReadArgument {
  const headers: (readonly [string, string])[] = [];
  let body: string | undefined;
  for (let at = from; ;) {
    const equalsAt = endOf(/[!#$%&'*+.^_`|~0-9A-Za-z-]+/y, item.written, at);
    const name = item.written.slice(at, equalsAt);
    if (name === "" || item.written[equalsAt] !== "=") throw noField(item, at, name);
    const value = readValue(item, equalsAt + 1, true);
    if (name.toLowerCase() !== "body") headers.push([name, headerText(item, value.from, name, value.text)]);
    else if (body === undefined) body = value.text;
    else throw badPlan({ ...item, at: item.from + at }, "it has a body already", "Leave one of them out");
    if (item.written[value.to] !== ";") return { options: optionsOf(headers, body), to: value.to };
    at = value.to + 1;
  }
}

function optionsOf(headers: readonly (readonly [string, string])[], body: string | undefined): FaultOptions {
  return { ...(headers.length > 0 ? { headers } : {}), ...(body === undefined ? {} : { body }) };
}

function noField(item: WrittenItem, at: number, name: string): Error {
  const problem =
    name === "" ? "here the name of a header should stand, or body" : `= and a value should follow ${name}`;
  return badPlan({ ...item, at: item.from + at + name.length }, problem, `Write it like this: ${EXAMPLE}`);
}

function headerText(item: WrittenItem, from: number, name: string, text: string): string {
  const place = { ...item, at: item.from + from };
  if (FRAMING.test(name)) {
    const advice = "Leave it out; truncate, slow and close are the faults that play with it";
    throw badPlan(place, `${name} belongs to the connection, and hookcli sets it itself`, advice);
  }
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text))
    throw badPlan(place, "a header cannot hold a control character", `Write it like this: ${EXAMPLE}`);
  return text;
}

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
