import type { Message, StoredRequest } from "../../core/model/request.ts";
import { findScheme } from "../../core/schemes/known-schemes.ts";
import { type Freshness, freshnessOf } from "../../core/schemes/timestamps.ts";
import { MessageView } from "../../core/schemes/message-view.ts";
import { type Recognition, recognise, recogniseAs } from "../../core/schemes/recognise.ts";
import { ruleOf } from "../../core/schemes/template-rule.ts";
import type { Presented, Scheme, SignatureRule } from "../../core/schemes/scheme.ts";

/**
 * What a message carries, unjudged: a signature that depends on its content, or none; `broken`: one that cannot be read;
 * `unsignable`: one that hookcli cannot make.
 */
export type SignedState =
  | { readonly kind: "unsigned" }
  | { readonly kind: "broken" }
  | { readonly kind: "unsignable" }
  | {
      readonly kind: "signed";
      readonly signsUrl: boolean;
      /** Whether it ages. */
      readonly isTimed: boolean;
      /** The oldest age that its verifiers take; undefined: any. */
      readonly toleranceMs: number | undefined;
      /** Undefined where none is signed, or it is no time. */
      readonly signedAtMs: number | undefined;
      /** As of a time. */
      readonly freshnessAt: (atMs: number) => Freshness;
    };

/** Who is said to have sent a stored request: by a person, by what was found when it came, else by what it looks like. */
export function signerOf(
  view: MessageView,
  { event, completeness }: StoredRequest,
  { provider, schemes }: { readonly provider: string | undefined; readonly schemes: readonly Scheme[] },
): Recognition | undefined {
  if (completeness === "malformed") return undefined;
  if (provider !== undefined) return recogniseAs(provider, schemes);
  const scheme = event.scheme === undefined ? undefined : findScheme(event.scheme, schemes);
  if (!scheme || event.provider === undefined) return recognise(view, schemes);
  return { provider: event.provider, scheme, confidence: "certain", reason: "what was found when it came" };
}

/** What a message carries by a scheme. A secret that is only sent along depends on no content: that is none. */
export function signedState(view: MessageView, scheme: Scheme): SignedState {
  if (scheme.signature.kind === "unjudged") return { kind: "unsignable" };
  const rule = contentRule(scheme);
  const presented = rule?.present(view);
  if (!rule || !presented || presented.kind === "absent") return { kind: "unsigned" };
  if (presented.kind !== "present") return { kind: "broken" };
  const timed = presented.signatures.find((one) => timeOf(one, rule) !== undefined) ?? presented.signatures[0];
  const time = timed && timeOf(timed, rule);
  const atMs = timed?.timestamp?.atMs;
  return {
    kind: "signed",
    signsUrl: rule.signsUrl,
    isTimed: time !== undefined,
    toleranceMs: time?.toleranceMs,
    signedAtMs: atMs === undefined || Number.isNaN(atMs) ? undefined : atMs,
    freshnessAt: (nowMs) => freshnessOf(atMs, time, nowMs),
  };
}

/** A signature that handlers refuse at some age. */
export interface AgeingSignature {
  readonly scheme: Scheme;
  readonly signedAtMs: number;
  readonly toleranceMs: number;
  readonly isStaleAt: (atMs: number) => boolean;
}

/** The signature of a stored request that grows too old; undefined: it carries none, or one that does not. */
export function ageingSignature(
  request: StoredRequest,
  options: { readonly provider: string | undefined; readonly schemes: readonly Scheme[] },
): AgeingSignature | undefined {
  const view = new MessageView(request);
  const scheme = signerOf(view, request, options)?.scheme;
  const state = scheme && signedState(view, scheme);
  if (!scheme || state?.kind !== "signed") return undefined;
  const { signedAtMs, toleranceMs, freshnessAt } = state;
  if (signedAtMs === undefined || toleranceMs === undefined) return undefined;
  return { scheme, signedAtMs, toleranceMs, isStaleAt: (atMs) => freshnessAt(atMs) === "stale" };
}

/** Whether a person has put another signature into an edited message, or taken it out of its headers. */
export function hasOwnSignature(edited: Message, original: MessageView, scheme: Scheme): boolean {
  const rule = contentRule(scheme);
  if (!rule) return false;
  const before = textsOf(rule.present(original));
  const { body } = original.message;
  // Headers are compared with the original body beside them: where an edited body lacks the signature that belongs
  // into it, nobody wrote one, which is not to take one out.
  const inHeaders = textsOf(rule.present(new MessageView({ ...edited, body })));
  const now = rule.present(new MessageView(edited));
  return inHeaders !== before || (now.kind === "present" && textsOf(now) !== before);
}

function contentRule(scheme: Scheme): SignatureRule | undefined {
  const { signature } = scheme;
  if (signature.kind !== "static") return ruleOf(scheme);
  return signature.unlessSigned && ruleOf({ signature: signature.unlessSigned });
}

type Present = Extract<Presented, { kind: "present" }>;

function timeOf(
  { rule: own, timestamp }: Present["signatures"][number],
  rule: SignatureRule,
): SignatureRule["timestamp"] {
  return timestamp && (own ?? rule).timestamp;
}

function textsOf(presented: Presented): string {
  return presented.kind === "present" ? presented.signatures.map(({ text }) => text).join("\n") : presented.kind;
}
