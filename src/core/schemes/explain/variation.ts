import { LAST_MOMENT_MS } from "../../model/clock.ts";
import type { KeyForm } from "../scheme.ts";
import { parseTimestamp } from "../timestamps.ts";
import type { Hypothesis, Variation } from "./mutation.ts";

/** Another text in place of the secret. @param change undefined: it does not apply to this secret */
export function secretVariation(detail: string | undefined, change: (text: string) => string | undefined): Variation {
  return variation(detail, (hypothesis) => {
    const secretText = change(hypothesis.secretText);
    return secretText === undefined || secretText === hypothesis.secretText ? undefined : { ...hypothesis, secretText };
  });
}

/** Another address in place of the one that was posted to. @param change undefined: it does not apply to this address */
export function urlVariation(change: (url: URL, text: string) => string | undefined): Variation {
  const apply = (hypothesis: Hypothesis): Hypothesis | undefined => {
    const url = URL.canParse(hypothesis.url) ? change(new URL(hypothesis.url), hypothesis.url) : undefined;
    return url === undefined || url === hypothesis.url ? undefined : { ...hypothesis, url };
  };
  return { apply };
}

/** A variation that may have something to tell about itself. */
export function variation(detail: string | undefined, apply: Variation["apply"]): Variation {
  return detail === undefined ? { apply } : { detail, apply };
}

/** Another way from the secret to the key. Keys that are no shared secret have only one. */
export function keyVariation(keyForm: KeyForm): Variation {
  const apply = (hypothesis: Hypothesis): Hypothesis | undefined => {
    const { keyForm: own } = hypothesis;
    return own === keyForm || own === "ed25519" || own === "ecdsa" ? undefined : { ...hypothesis, keyForm };
  };
  return { apply };
}

/** Other content, as a template over {ts} {id} {body} {url} {method} {path} {secret}. */
export function contentVariation(content: string): Variation {
  return variation(content, (hypothesis) => ({ ...hypothesis, content }));
}

/** The same time, written in another way. @param write given epoch milliseconds */
export function timestampVariation(detail: string, write: (atMs: number) => string): Variation {
  return variation(detail, (hypothesis) => {
    const { timestamp: text } = hypothesis;
    const atMs = text === undefined ? Number.NaN : timeOf(text);
    const timestamp = Number.isNaN(atMs) ? text : write(atMs);
    return timestamp === undefined || timestamp === text ? undefined : { ...hypothesis, timestamp };
  });
}

/** A time in whatever unit it is written, in milliseconds; NaN where it is none. */
export function timeOf(text: string): number {
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return Date.parse(text);
  // Ten digits are seconds of this century, thirteen milliseconds.
  const atMs = parseTimestamp(text, text.length >= 12 ? "ms" : "s");
  return atMs <= LAST_MOMENT_MS ? atMs : Number.NaN;
}
