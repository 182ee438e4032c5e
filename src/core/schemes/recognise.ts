import { bodyEvidence, type Evidence, headerEvidence, queryEvidence } from "./evidence.ts";
import { findScheme } from "./known-schemes.ts";
import type { MessageView } from "./message-view.ts";
import { readPlace } from "./places.ts";
import type { Confidence, ContentEvidence } from "./recognised-by.ts";
import { ruleOf } from "./template-rule.ts";
import type { Scheme } from "./scheme.ts";
import { unknownSigner } from "./unknown-signer.ts";

/** Who sent a message, and what tells it. */
export interface Recognition {
  readonly provider: string;
  /** By which it is judged and its event named; undefined: only the name is known. */
  readonly scheme?: Scheme | undefined;
  readonly confidence: Confidence;
  /** The end of "recognised by …": `header stripe-signature`. */
  readonly reason: string;
}

interface RankedEvidence extends Evidence {
  readonly rank: number;
}

const byHeader = new Map<string, readonly RankedEvidence[]>();
for (const [rank, evidence] of headerEvidence.entries()) {
  byHeader.set(evidence.header, [...(byHeader.get(evidence.header) ?? []), { ...evidence, rank }]);
}

/**
 * Tells the sender: by a person's own schemes first, then by headers, by query and by body; undefined: nobody can tell.
 * Never throws. The body is looked at only where a header is not enough.
 * @param own a person's schemes, in their order
 */
export function recognise(view: MessageView, own: readonly Scheme[]): Recognition | undefined {
  return (
    (own.length > 0 ? byOwnScheme(view, own) : undefined) ??
    byHeaders(view) ??
    byContent(view, queryEvidence) ??
    byContent(view, bodyEvidence) ??
    byUnknownSignature(view)
  );
}

/** What a person said goes before everything that a request says of itself. Undefined scheme: there is none of that name. */
export function recogniseAs(provider: string, own: readonly Scheme[]): Recognition {
  return { provider, scheme: findScheme(provider, own), confidence: "certain", reason: "--provider" };
}

/** The first whose signature can be read; else the first whose header is there at all. */
function byOwnScheme(view: MessageView, own: readonly Scheme[]): Recognition | undefined {
  let malformed: Scheme | undefined;
  for (const scheme of own) {
    const presented = presentedBy(view, scheme);
    if (presented === "present") return ownRecognition(scheme);
    if (presented !== "absent") malformed ??= scheme;
  }
  return malformed && ownRecognition(malformed);
}

function presentedBy(view: MessageView, scheme: Scheme): "present" | "absent" | "incomplete" | "malformed" {
  if (scheme.signature.kind === "static")
    return readPlace(view, scheme.signature.place) === undefined ? "absent" : "present";
  return ruleOf(scheme)?.present(view).kind ?? "absent";
}

function ownRecognition(scheme: Scheme): Recognition {
  return { provider: scheme.name, scheme, confidence: "certain", reason: "its signature, as the configuration says" };
}

/** One look into a map for each header, and then the strongest of what was found. */
function byHeaders(view: MessageView): Recognition | undefined {
  let found: RankedEvidence | undefined;
  for (const name of view.headerNames) {
    for (const evidence of byHeader.get(name) ?? []) {
      if (found && found.rank < evidence.rank) break;
      if (!evidence.beside || evidence.beside.holds(view.header(name) ?? "", view)) {
        found = evidence;
        break;
      }
    }
  }
  if (!found) return undefined;
  const { provider, scheme = provider, confidence = "certain", header, beside } = found;
  const reason = `header ${header}${beside ? ` ${beside.says}` : ""}`;
  return { provider, scheme: findScheme(scheme), confidence, reason };
}

function byContent(view: MessageView, list: readonly ContentEvidence[]): Recognition | undefined {
  const found = list.find(({ holds }) => holds(view));
  if (!found) return undefined;
  const { provider, confidence = "certain", says } = found;
  return { provider, scheme: findScheme(provider), confidence, reason: says };
}

/** A form that many use: then the sender is nobody in particular. */
function byUnknownSignature(view: MessageView): Recognition | undefined {
  const scheme = commonSigner(view);
  return scheme && { provider: "generic", scheme, confidence: "guess", reason: `${scheme.title}, as sha256=…` };
}

/** The scheme of whoever hashes the body and writes it as `sha256=…` into a header of any name; undefined: nobody did. */
function commonSigner(view: MessageView): Scheme | undefined {
  for (const name of view.headerNames) {
    const isLikely = name.includes("signature") || name.includes("hmac");
    if (isLikely && /^sha256=[0-9a-f]{64}$/i.test(view.header(name) ?? "")) return unknownSigner(name);
  }
  return undefined;
}
