import type { Secret } from "../model/secret.ts";
import type { Verdict, VerdictKind } from "../model/verdict.ts";
import { isEqual } from "./digest.ts";
import { isSigningToken, keyOf } from "./keys.ts";
import { findMatch, type Match } from "./match.ts";
import type { MessageView } from "./message-view.ts";
import { readPlace } from "./places.ts";
import { ruleOf } from "./template-rule.ts";
import type { Presented, Scheme, SignatureRule, StaticSignature } from "./scheme.ts";
import { type Freshness, freshnessOf } from "./timestamps.ts";

export interface JudgeContext {
  /** Those for the message's provider, in the order in which they are tried. */
  readonly secrets: readonly Secret[];
  /** Somebody named a secret for this provider, so that a signature must be there. */
  readonly isExpected: boolean;
  /** Where the provider may have posted to, as it writes it; only rules that sign it look at it. Never empty. */
  readonly urls: readonly string[];
  /** Against which the age counts: when it arrived. */
  readonly atMs: number;
  /** In place of the scheme's own. */
  readonly toleranceMs?: number | undefined;
}

/** The two findings, and what they rest on. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly signature: "matches" | "mismatch" | "absent" | "unreadable" | "unchecked";
  readonly freshness: Freshness;
  /** What the message presents; undefined where the scheme has no rule to read it by. */
  readonly presented?: Presented | undefined;
  readonly match?: Match | undefined;
}

type Present = Extract<Presented, { kind: "present" }>;

/** A token that is sent along may be longer than an id. */
const MOST_TOKEN_CHARACTERS = 4096;

/**
 * Judges a message by a scheme: every signature is tried with every secret. At once, but where the body is in a file; one
 * that can no longer be read is `unjudged`. Never throws.
 */
export function judge(view: MessageView, scheme: Scheme, context: JudgeContext): Judgement | Promise<Judgement> {
  const { signature } = scheme;
  if (signature.kind === "none") return unchecked("unsigned");
  if (signature.kind === "unjudged") return unchecked("unjudged");
  if (signature.kind === "static") return judgeStatic(view, signature, context);
  const rule = ruleOf(scheme);
  return rule ? judgeByRule(view, rule, rule.present(view), context) : unchecked("unjudged");
}

function judgeByRule(
  view: MessageView,
  rule: SignatureRule,
  presented: Presented,
  context: JudgeContext,
): Judgement | Promise<Judgement> {
  switch (presented.kind) {
    case "absent":
      return { ...unchecked(context.isExpected ? "missing-header" : "unsigned"), signature: "absent", presented };
    case "incomplete":
      return { ...unchecked("missing-header"), signature: "unreadable", presented };
    case "malformed":
      return { ...unchecked("malformed-header"), signature: "unreadable", presented };
    case "present": {
      const secrets = usableSecrets(rule, presented, context.secrets);
      if (secrets.length === 0) return withoutSecret(rule, presented, context);
      const match = findMatch(view, rule, presented.signatures, { secrets, urls: context.urls });
      if (!(match instanceof Promise)) return conclusion(rule, presented, match, context);
      return match.then(
        (found) => conclusion(rule, presented, found, context),
        () => unchecked("unjudged"),
      );
    }
    default:
      return presented satisfies never;
  }
}

function judgeStatic(
  view: MessageView,
  signature: StaticSignature,
  context: JudgeContext,
): Judgement | Promise<Judgement> {
  const { place } = signature;
  const signed = signature.unlessSigned && ruleOf({ signature: signature.unlessSigned });
  const presented = signed?.present(view);
  if (signed && presented && presented.kind !== "absent") {
    const secrets = context.secrets.filter(({ text }) => isSigningToken(text));
    return judgeByRule(view, signed, presented, { ...context, secrets });
  }
  const token = readPlace(view, place, MOST_TOKEN_CHARACTERS);
  if (token === undefined)
    return { ...unchecked(context.isExpected ? "missing-header" : "unsigned"), signature: "absent" };
  if (context.secrets.length === 0) return unchecked("no-secret");
  // Header values are one character a byte, and fields of a body are text.
  const sent = place.startsWith("h:") ? Buffer.from(token, "latin1").toString() : token;
  const secret = context.secrets.find(({ text }) => isEqual(text, sent));
  const match = secret && { secret, presented: { text: token, place: place.slice(2) }, url: "" };
  return {
    verdict: { kind: match ? "verified" : "mismatch", secretName: secret?.name },
    signature: match ? "matches" : "mismatch",
    freshness: "untimed",
    match,
  };
}

function usableSecrets(rule: SignatureRule, { signatures }: Present, secrets: readonly Secret[]): readonly Secret[] {
  return secrets.filter(({ text }) =>
    signatures.some((signature) => keyOf(text, (signature.rule ?? rule).key).kind !== "unusable"),
  );
}

function unchecked(kind: VerdictKind): Judgement {
  return { verdict: { kind }, signature: "unchecked", freshness: "untimed" };
}

function withoutSecret(rule: SignatureRule, presented: Present, context: JudgeContext): Judgement {
  const { verdict, freshness } = conclusion(rule, presented, undefined, context);
  return { verdict: { ...verdict, kind: "no-secret" }, signature: "unchecked", freshness, presented };
}

function conclusion(
  rule: SignatureRule,
  presented: Present,
  match: Match | undefined,
  { atMs, toleranceMs }: JudgeContext,
): Judgement {
  const signature = match?.presented ?? presented.signatures[0];
  const signedAtMs = signature?.timestamp?.atMs;
  const freshness = freshnessOf(signedAtMs, (signature?.rule ?? rule).timestamp, atMs, toleranceMs);
  const isTimely = freshness === "fresh" || freshness === "untimed";
  const kind = !match ? "mismatch" : isTimely ? "verified" : freshness;
  return {
    verdict: {
      kind,
      signedAtMs: Number.isNaN(signedAtMs) ? undefined : signedAtMs,
      secretName: match?.secret.name,
    },
    signature: match ? "matches" : "mismatch",
    freshness,
    presented,
    match,
  };
}
