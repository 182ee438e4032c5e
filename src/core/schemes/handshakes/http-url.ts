import { headerSafe } from "./replies.ts";

/** An address that a person may be shown to visit, as the sender wrote it; undefined where the value is none. */
export function httpUrl(value: unknown): string | undefined {
  const text = headerSafe(value);
  return text !== undefined && /^https?:\/\/[^\s/?#]/i.test(text) && URL.canParse(text) ? text : undefined;
}
