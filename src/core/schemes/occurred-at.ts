import type { MessageView } from "./message-view.ts";
import { readPlace } from "./places.ts";

/** With a zone: without one it could be any of a day's hours. */
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * A time that stands at a place of a message, in milliseconds: ISO 8601 with a zone, seconds or milliseconds since 1970,
 * told apart by their digits. Undefined where there is none.
 */
export function readOccurredAtMs(view: MessageView, place: string): number | undefined {
  const text = readPlace(view, place);
  if (text === undefined) return undefined;
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000;
  if (/^\d{12,14}$/.test(text)) return Number(text);
  const atMs = ISO.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : atMs;
}
