import { headerFields } from "../../model/headers.ts";
import type { MessageView } from "../message-view.ts";
import type { Encoding, PresentedSignature } from "../scheme.ts";
import { readDigest, spellingOf } from "./digest-spelling.ts";
import type { ReadingMutation } from "./mutation.ts";
import { otherHeader } from "./mutations/other-header.ts";
import { signatureEncoding } from "./mutations/signature-encoding.ts";
import { signaturePrefix } from "./mutations/signature-prefix.ts";
import { upperCaseHex } from "./mutations/upper-case-hex.ts";

/** A text of the request that may be the signature. */
export interface Reading {
  readonly bytes: Buffer;
  readonly text: string;
  /** Where it stands: `Stripe-Signature, 2nd of it`. */
  readonly place: string;
  /** What must be overlooked to take it for the signature; none: it is written as the scheme says. */
  readonly mutations: readonly AppliedReading[];
}

export interface AppliedReading {
  readonly mutation: ReadingMutation;
  readonly detail?: string;
}

/** What is expected of a signature. */
export interface Expected {
  readonly encoding: Encoding;
  /** Those that the scheme itself reads. */
  readonly signatures: readonly PresentedSignature[];
  /** What stands before a signature in a header that the scheme reads; undefined: it is none of those. */
  readonly prefixIn: (header: string) => string | undefined;
}

const MOST_READINGS = 64;
const MOST_HEADER_CHARACTERS = 8192;

/** Everything in a request that could be the signature; what the scheme itself reads comes first. */
export function readingsOf(view: MessageView, expected: Expected): readonly Reading[] {
  const { encoding, signatures } = expected;
  const readings: Reading[] = [];
  const known = new Set<string>();
  for (const { text, place } of signatures) {
    known.add(text);
    readings.push({
      bytes: Buffer.from(text, encoding),
      text,
      place,
      mutations: spelling(text, Buffer.from(text, encoding), encoding),
    });
  }
  for (const [name, value] of headerFields(view.message.headers)) {
    if (value.length > MOST_HEADER_CHARACTERS) continue;
    for (const text of candidatesIn(value)) {
      const bytes = known.has(text) ? undefined : readDigest(text);
      if (!bytes) continue;
      known.add(text);
      const around = surroundings(value, text, expected.prefixIn(name));
      readings.push({ bytes, text, place: name, mutations: [...around, ...spelling(text, bytes, encoding)] });
      if (readings.length >= MOST_READINGS) return readings;
    }
  }
  return readings;
}

function surroundings(value: string, text: string, prefix: string | undefined): readonly AppliedReading[] {
  if (prefix === undefined) return [{ mutation: otherHeader }];
  const before = value.slice(0, value.indexOf(text));
  const isAsItShould = prefix === "" ? /(?:^|[\s,;])$/.test(before) : before.endsWith(prefix);
  return isAsItShould ? [] : [{ mutation: signaturePrefix }];
}

function spelling(text: string, bytes: Buffer, encoding: Encoding): readonly AppliedReading[] {
  const found = bytes.toString(encoding) === text ? undefined : spellingOf(text);
  if (found === undefined) return [];
  if (encoding === "hex" && found === "hex in upper case") return [{ mutation: upperCaseHex }];
  return [{ mutation: signatureEncoding, detail: found }];
}

/** The items of a header's value, with and without what may stand in front of a signature: `sha256=`, `v1,`. */
function* candidatesIn(value: string): Generator<string> {
  for (const piece of value.split(/[\s,;]+/)) {
    yield piece.replaceAll(/^["']|["']$/g, "");
    const rest = /^["']?[A-Za-z0-9_-]{1,24}[=:]["']?(.+?)["']?$/.exec(piece)?.[1];
    if (rest !== undefined) yield rest;
  }
}
