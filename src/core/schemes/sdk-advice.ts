import { isUtf8 } from "node:buffer";
import { bodySizeBytes } from "../model/body.ts";
import type { Judgement } from "./judge.ts";
import type { MessageView } from "./message-view.ts";
import type { Scheme, SdkQuirk } from "./scheme.ts";

/** What a message is looked at with. */
interface Case {
  readonly view: MessageView;
  readonly scheme: Scheme;
  readonly judgement: Judgement;
}

/**
 * Where a provider's own SDK decides otherwise than hookcli about a message: mostly it refuses what is correctly signed.
 * Whole sentences; empty where both agree, or nothing was found to hold.
 */
export function sdkAdvice(view: MessageView, scheme: Scheme, judgement: Judgement): readonly string[] {
  if (judgement.signature !== "matches") return [];
  const quirks = (scheme.sdk ?? []).map((quirk) => adviceOn[quirk]({ view, scheme, judgement }));
  return [...quirks, missingHeaders(view, scheme)].filter((advice) => advice !== undefined);
}

const adviceOn: Readonly<Record<SdkQuirk, (one: Case) => string | undefined>> = {
  reserialises({ view, scheme }) {
    const bytes = bytesOf(view);
    if (!bytes) return undefined;
    const at = firstDifference(bytes);
    if (at === undefined) return undefined;
    const owner = `${scheme.title}'s own SDK does not verify these bytes but the JSON that it makes of them`;
    if (at === "no-json") return `${owner}, and they are no JSON: it would refuse this.`;
    return `${owner}, and from byte ${at + 1} on they differ (spaces, 1.0 for 1 or escapes do it): it would refuse this. Send what JSON.stringify writes.`;
  },
  "reads-text"({ view, scheme }) {
    const bytes = bytesOf(view);
    if (!bytes || isUtf8(bytes)) return undefined;
    return `${scheme.title}'s own SDK reads the body as text, and it is not UTF-8: it would refuse this.`;
  },
  "last-signature-only"({ scheme, judgement: { match, presented } }) {
    if (!match || presented?.kind !== "present") return undefined;
    const last = presented.signatures.at(-1);
    if (!last || last.text === match.presented.text) return undefined;
    return `${scheme.title}'s own SDK looks at the last of several signatures only, and another one holds: it would refuse this.`;
  },
  "no-age-check"({ scheme, judgement: { freshness } }) {
    if (freshness !== "stale" && freshness !== "future") return undefined;
    return `${scheme.title}'s own SDK looks at no age: it would accept this.`;
  },
  "refuses-empty"({ view, scheme }) {
    if (bodySizeBytes(view.message.body) > 0) return undefined;
    return `${scheme.title}'s own SDK takes an empty body for an error: it would refuse this.`;
  },
  "refuses-spaces"({ view, scheme, judgement: { match } }) {
    const name = match?.presented.place.split(",", 1)[0];
    const value = name === undefined ? undefined : view.header(name.toLowerCase());
    if (value === undefined || !/[,;]\s|\s[,;]/.test(value)) return undefined;
    return `${scheme.title}'s own SDK takes no spaces between the items of ${name ?? ""}: it would refuse this.`;
  },
  "secret-of-64"({ scheme, judgement: { match } }) {
    if (!match || match.secret.text.length === 64) return undefined;
    return `${scheme.title}'s own SDK takes only secrets of 64 characters, and ${match.secret.name} has ${match.secret.text.length}: it would refuse this.`;
  },
};

function missingHeaders(view: MessageView, { title, sdkHeaders = [] }: Scheme): string | undefined {
  const missing = sdkHeaders
    .map((names) => names.filter((name) => (view.header(name.toLowerCase()) ?? "") === ""))
    .sort((left, right) => left.length - right.length)[0];
  if (!missing || missing.length === 0) return undefined;
  const verb = missing.length === 1 ? "is" : "are";
  return `${title}'s own SDK also wants ${missing.join(", ")}, which ${verb} not here: it would refuse this.`;
}

/** Undefined where the body is in a file: too large for what an SDK is fed. */
function bytesOf({ message: { body } }: MessageView): Uint8Array | undefined {
  return body.kind === "bytes" ? body.bytes : undefined;
}

/** Where bytes part from the JSON that JavaScript writes for them, from 0; undefined: nowhere. */
function firstDifference(bytes: Uint8Array): number | "no-json" | undefined {
  let written: Buffer;
  try {
    written = Buffer.from(JSON.stringify(JSON.parse(new TextDecoder().decode(bytes))));
  } catch {
    return "no-json";
  }
  if (written.equals(bytes)) return undefined;
  const at = bytes.findIndex((byte, index) => byte !== written[index]);
  return at < 0 ? bytes.length : at;
}
