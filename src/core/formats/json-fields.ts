import { badImport } from "./check-import.ts";
import { utf8Bytes, wireText } from "./encodings.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value of JSON text. @throws BAD_IMPORT */
export function parseJson(text: string | undefined, place: string): unknown {
  if (text === undefined) throw badImport(place, "it is not UTF-8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badImport(place, "it is not JSON", error);
  }
}

/** @param name what the value is called, for the error. @throws BAD_IMPORT */
export function asObject(value: unknown, name: string, place: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw badImport(place, `${name} is not an object`);
  return value as JsonObject;
}

/** @throws BAD_IMPORT */
export function asList(value: unknown, name: string, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw badImport(place, `${name} is not a list`);
  return value;
}

/** @throws BAD_IMPORT */
export function asText(value: unknown, name: string, place: string): string {
  if (typeof value !== "string") throw badImport(place, `${name} is not text`);
  return value;
}

/** The bytes of a text. Half a character has none, and others would stand in their place. @throws BAD_IMPORT */
export function asBytes(value: unknown, name: string, place: string): Uint8Array {
  const text = asText(value, name, place);
  if (!text.isWellFormed()) throw badImport(place, `${name} holds half of a character (a surrogate alone)`);
  return utf8Bytes(text);
}

/** Undefined where the value is absent or null. @throws BAD_IMPORT */
export function asOptional<T>(
  value: unknown,
  read: (value: unknown, name: string, place: string) => T,
  name: string,
  place: string,
): T | undefined {
  return value === undefined || value === null ? undefined : read(value, name, place);
}

/** A number from 0, no greater than those in which every digit counts. @throws BAD_IMPORT */
export function asAmount(value: unknown, name: string, place: string): number {
  if (typeof value !== "number" || !(value >= 0)) throw badImport(place, `${name} is not a number from 0`);
  if (value > Number.MAX_SAFE_INTEGER) throw badImport(place, `${name} is too great a number`);
  return value;
}

/** A status as HTTP has them, or one of those that stand for something else. @throws BAD_IMPORT */
export function asStatus(value: unknown, name: string, place: string, others: readonly number[] = []): number {
  if (typeof value !== "number") throw badImport(place, `${name} is not a number`);
  const isStatus = Number.isInteger(value) && value >= 100 && value <= 999;
  if (!isStatus && !others.some((other) => other === value)) throw badImport(place, `${name} is no status of HTTP`);
  return value;
}

/** A whole number from 0, in which every digit counts. @throws BAD_IMPORT */
export function asWholeNumber(value: unknown, name: string, place: string): number {
  if (typeof value === "number" && value >= 0 && !Number.isSafeInteger(value))
    throw badImport(place, `${name} is not a whole number`);
  return asAmount(value, name, place);
}

/** A whole number from 1. @throws BAD_IMPORT */
export function asCount(value: unknown, name: string, place: string): number {
  const number = asWholeNumber(value, name, place);
  if (number === 0) throw badImport(place, `${name} is not a number from 1`);
  return number;
}

/** `Date.parse` takes much besides: `-1`, or a word with a number behind it. */
const ISO_TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,12})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** Milliseconds since 1970 of an ISO 8601 time. @throws BAD_IMPORT */
export function asTimeMs(value: unknown, name: string, place: string): number {
  const atMs = typeof value === "string" && ISO_TIME.test(value) ? Date.parse(value.replace(",", ".")) : Number.NaN;
  if (!(atMs >= 0)) throw badImport(place, `${name} is not a time like 2026-03-04T05:06:07.089Z`);
  return atMs;
}

/** Text as one character a byte. What already is that stays; text of other characters becomes its UTF-8. @throws BAD_IMPORT */
export function asWireText(value: unknown, name: string, place: string): string {
  const text = asText(value, name, place);
  return /[^\0-\u00ff]/.test(text) ? wireText(asBytes(text, name, place)) : text;
}
