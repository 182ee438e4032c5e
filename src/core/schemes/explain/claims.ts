import type { MessageView } from "../message-view.ts";
import type { Presented, PresentedSignature, Scheme, SignatureRule } from "../scheme.ts";
import { type Reading, readingsOf } from "./readings.ts";

/** What a message claims by one rule: mostly there is one, a few schemes carry two kinds of signature at once. */
export interface Claim {
  readonly rule: SignatureRule;
  /** As it was written; undefined: the rule signs none, or it is missing. */
  readonly timestamp: string | undefined;
  /** The first of them; undefined: none can be read. */
  readonly presented: PresentedSignature | undefined;
  /** Every text that may be its signature. */
  readonly readings: readonly Reading[];
}

/**
 * The claims of a message by a scheme's rule, also where nothing can be read: then the whole message is looked through.
 * @param time of signing where no signature tells it, as it was written
 */
export function claimsOf(
  view: MessageView,
  scheme: Scheme,
  rule: SignatureRule,
  time: string | undefined,
): readonly Claim[] {
  const presented = rule.present(view);
  const prefixIn = ownPrefixes(scheme, presented);
  const signatures = presented.kind === "present" ? presented.signatures : [];
  const groups = Map.groupBy(signatures, (signature) => JSON.stringify([signature.covers, signature.timestamp?.text]));
  const claim = (own: readonly PresentedSignature[]): Claim => {
    const ownRule = own[0]?.rule ?? rule;
    const readings = readingsOf(view, { encoding: ownRule.encoding, signatures: own, prefixIn });
    const fallback = own.length === 0 && rule.timestamp ? time : undefined;
    return { rule: ownRule, presented: own[0], timestamp: own[0]?.timestamp?.text ?? fallback, readings };
  };
  return groups.size === 0 ? [claim([])] : [...groups.values()].map(claim);
}

/** The names of a template with what stands before the signature there, and those in which a rule found something. */
function ownPrefixes({ signature }: Scheme, presented: Presented): (header: string) => string | undefined {
  const prefixes = new Map<string, string>();
  const found = presented.kind === "present" ? presented.signatures : presented.kind === "malformed" ? [presented] : [];
  for (const { place } of found) prefixes.set(numberless(place.split(",", 1)[0] ?? ""), "");
  if (signature.kind === "template") {
    const [own, text = ""] = Object.entries(signature.headers).find(([, value]) => value.includes("{sig}")) ?? [];
    const items = signature.separator === undefined ? [text] : text.split(signature.separator);
    const [prefix = ""] =
      items
        .find((one) => one.includes("{sig}"))
        ?.trim()
        .split("{sig}", 1) ?? [];
    for (const name of [own, ...(signature.alsoIn ?? [])])
      if (name !== undefined) prefixes.set(numberless(name), prefix);
  }
  return (header) => prefixes.get(numberless(header));
}

/** `X-DocuSign-Signature-1` and `-{n}` are one. */
function numberless(name: string): string {
  return name.toLowerCase().replace(/(?:\{n\}|\d{1,3})$/, "#");
}
