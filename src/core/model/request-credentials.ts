import { headerFields, type HeaderPairs } from "./headers.ts";
import { fieldValues, isSecretHeader } from "./redact.ts";
import type { Body } from "./body.ts";
import type { Delivery } from "./delivery.ts";

/** Who sends thousands of them gets the first ones covered by what they are called, and no more elsewhere. */
const MOST_VALUES = 24;
const MOST_BODY_BYTES = 1024 * 1024;
const LONGEST_VALUE = 4096;
const SHORTEST_VALUE = 8;

interface Part {
  readonly target?: string;
  readonly headers: HeaderPairs;
  readonly body?: Body | Uint8Array;
}

/**
 * What headers, cookies and fields of a message call a credential, so that it can be covered where a handler says it again,
 * without its name. Of a body that is kept in a file nothing is read.
 */
export function credentialsOf(...parts: readonly Part[]): readonly string[] {
  const values = new Set<string>();
  for (const value of parts.flatMap((part) => [...allOf(part)])) {
    if (values.size === MOST_VALUES) break;
    if (value.length >= SHORTEST_VALUE && value.length <= LONGEST_VALUE) values.add(value);
  }
  return [...values];
}

/** What went to handlers and came back: of each delivery its newest attempt. */
export function messagesOf(deliveries: readonly Delivery[]): readonly Part[] {
  return deliveries.flatMap(({ attempts }) => {
    const { sentHeaders = [], outcome } = attempts.at(-1) ?? {};
    return [{ headers: sentHeaders }, ...(outcome?.kind === "response" ? [outcome.response] : [])];
  });
}

function* allOf({ target, headers, body }: Part): Generator<string> {
  for (const [name, value] of headerFields(headers)) {
    if (isSecretHeader(name)) yield* ofHeader(name, value);
    else yield* fieldValues(value);
  }
  if (target !== undefined) yield* fieldValues(target);
  const bytes = bytesOf(body);
  if (bytes) yield* fieldValues(new TextDecoder().decode(bytes));
}

function* ofHeader(name: string, value: string): Generator<string> {
  yield value;
  if (/cookie/i.test(name)) {
    for (const pair of value.split(/;\s*/)) if (!ATTRIBUTE.test(pair)) yield pair.slice(pair.indexOf("=") + 1);
    return;
  }
  const [, scheme = "", rest = ""] = /^(\w+)\s+(\S.*)$/s.exec(value) ?? [];
  yield rest;
  if (/^basic$/i.test(scheme)) yield* ofBasic(rest);
}

/** What a cookie says about itself. */
const ATTRIBUTE = /^(?:expires|max-age|domain|path|samesite|priority)=|^(?:secure|httponly|partitioned)$/i;

function* ofBasic(given: string): Generator<string> {
  try {
    const pair = atob(given);
    yield pair;
    yield pair.slice(pair.indexOf(":") + 1);
  } catch {
    // It is no base64, so it is no such pair.
  }
}

function bytesOf(body: Body | Uint8Array | undefined): Uint8Array | undefined {
  if (!body) return undefined;
  const bytes = body instanceof Uint8Array ? body : body.kind === "bytes" ? body.bytes : undefined;
  return bytes && bytes.length <= MOST_BODY_BYTES ? bytes : undefined;
}
