import { Covers, LONGEST_FORM } from "./covers.ts";
import type { HeaderPairs } from "./headers.ts";
import { headerFields } from "./headers.ts";
import { isSecretHeader, MASK, maskText } from "./redact.ts";

/** How foreign text is shown: what is secret in it is covered, or nothing is. */
export interface Mask {
  readonly isRevealing: boolean;
  /** A body, request target or message. Masked once, it stays as it is. */
  readonly text: (text: string) => string;
  readonly headerValue: (name: string, value: string) => string;
  readonly headers: (pairs: HeaderPairs) => HeaderPairs;
  /** The same mask, that covers these texts besides. */
  readonly and: (secrets: readonly string[]) => Mask;
}

/** Shows all there is. */
export const revealing: Mask = {
  isRevealing: true,
  text: (text) => text,
  headerValue: (_, value) => value,
  headers: (pairs) => pairs,
  and: () => revealing,
};

/** Covers these secrets first, since they are known to be some, then whatever has the form or the name of a credential. */
export function covering(covers: Covers): Mask {
  const text = (given: string): string => maskText(covers.apply(given));
  const headerValue = (name: string, value: string): string => (isSecretHeader(name) ? MASK : text(value));
  return {
    isRevealing: false,
    text,
    headerValue,
    headers: (pairs) => [...headerFields(pairs)].flatMap(([name, value]) => [name, headerValue(name, value)]),
    and: (secrets) => (secrets.length === 0 ? covering(covers) : covering(covers.and(secrets))),
  };
}

/** Knows no secret, only what credentials look like and what they are called. */
export const usualMask: Mask = covering(new Covers());

/**
 * The beginning of a text, masked before it is cut: of a secret that the cut would go through nothing is left.
 * @param length in characters
 */
export function maskedBeginning(text: string, length: number, mask: Mask): string {
  const looked = length + 2 * LONGEST_FORM;
  if (text.length <= looked) return mask.text(text).slice(0, length);
  const masked = mask.text(text.slice(0, looked));
  // Masking makes text shorter; the end of what was looked at may be half a secret.
  return masked.slice(0, Math.max(0, Math.min(length, masked.length - LONGEST_FORM)));
}
