import { badPlan, endOf, type WrittenItem } from "./split-items.ts";
import type { FaultOptions } from "./fault.ts";
import { readValue } from "./read-value.ts";
import type { ReadArgument } from "./arguments.ts";

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
