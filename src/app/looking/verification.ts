import type { Mask } from "../../core/model/mask.ts";
import type { Completeness, Message } from "../../core/model/request.ts";
import type { Diagnosis } from "../../core/schemes/explain/diagnosis.ts";
import type { Explanation } from "../../core/schemes/explain/explanation.ts";
import type { Recognition } from "../../core/schemes/recognise.ts";
import { isoTime } from "../../core/wire/request-json.ts";
import type { JsonShape } from "../../core/wire/shapes/index.ts";

/** What is verified: a stored request, or a message that was given by hand. */
export interface VerifySubject {
  readonly message: Message;
  readonly completeness: Completeness;
  /** When it came; undefined: nobody knows. */
  readonly receivedAtMs: number | undefined;
  /** Whose it is, as far as the store says. */
  readonly provider: string | undefined;
  readonly requestId: number | undefined;
  /** Where the provider may have posted to, likeliest first. */
  readonly urls: readonly string[];
}

/** A message, who sent it, and what was found about its signature. */
export interface Verification {
  readonly subject: VerifySubject;
  readonly recognition: Recognition | undefined;
  /** Undefined: there is no rule to judge it by, or not all of it is there. */
  readonly explanation: Explanation | undefined;
  readonly mask: Mask;
}

type Shape = JsonShape<"verification">;

/** A verification as `--json` shows it. */
export function verificationToJson({ subject, recognition, explanation, mask }: Verification): Shape {
  const search = explanation?.search;
  return {
    v: 1,
    kind: "verification",
    requestId: subject.requestId ?? null,
    provider: recognition?.provider ?? null,
    scheme: explanation?.scheme.name ?? null,
    ...findings(explanation, subject.completeness === "complete"),
    ...ruleFields(explanation),
    signed: (explanation?.signed ?? []).map(({ name, text, sizeBytes }) => ({
      name,
      // What code glued together cannot be masked piece by piece.
      text: text === undefined || (name === "other" && !mask.isRevealing) ? null : mask.text(text),
      size: sizeBytes,
    })),
    secret: explanation?.judgement.match?.secret.name ?? null,
    secrets: (explanation?.secrets ?? []).map(({ secret, problem }) => ({
      name: secret.name,
      problem: problem ?? null,
    })),
    received: receivedOf(explanation, mask),
    expected: mask.isRevealing ? (explanation?.expected ?? null) : null,
    diagnosis: search?.diagnosis ? diagnosisToJson(search.diagnosis, mask) : null,
    search: search ? { checks: search.checks, bytes: search.bytes, stoppedBy: search.stoppedBy ?? null } : null,
    advice: [...(explanation?.advice ?? [])],
  };
}

function findings(
  explanation: Explanation | undefined,
  isWhole: boolean,
): Pick<Shape, "verdict" | "signature" | "freshness" | "signedAt" | "ageMs" | "toleranceMs"> {
  const age = explanation?.age;
  return {
    verdict: explanation?.judgement.verdict.kind ?? (isWhole ? "unsigned" : "unjudged"),
    signature: explanation?.judgement.signature ?? "unchecked",
    freshness: explanation?.judgement.freshness ?? "untimed",
    signedAt: age ? isoTime(age.signedAtMs) : null,
    ageMs: age?.ageMs ?? null,
    toleranceMs: age?.toleranceMs ?? null,
  };
}

function ruleFields(explanation: Explanation | undefined): Pick<Shape, "algorithm" | "encoding" | "key" | "content"> {
  const rule = explanation?.rule;
  return {
    algorithm: rule?.algorithm ?? null,
    encoding: rule?.encoding ?? null,
    key: rule?.key ?? null,
    content: rule?.describes ?? null,
  };
}

/** A token that is sent along is the secret itself. */
function receivedOf(explanation: Explanation | undefined, mask: Mask): Shape["received"] {
  if (!explanation) return [];
  const isToken = explanation.rule === undefined;
  return explanation.received.map(({ text, place }) => ({ place, text: isToken ? null : mask.text(text) }));
}

function diagnosisToJson({ causes, secret, place, body }: Diagnosis, mask: Mask): Shape["diagnosis"] {
  return {
    causes: causes.map(({ name, says, fix }) => ({ name, says: mask.text(says), fix: mask.text(fix) })),
    secret: secret.name,
    place,
    body: body ? { signed: body.signedBytes, received: body.receivedBytes, atByte: body.atByte } : null,
  };
}
