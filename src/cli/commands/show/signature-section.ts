import type { StoredRequest } from "../../../core/model/request.ts";
import { isFailed, isGenuine, type VerdictKind } from "../../../core/model/verdict.ts";
import type { Recognition } from "../../../core/schemes/recognise.ts";
import { type Printer, styled } from "../../terminal/printer.ts";
import { signedAgeText } from "../../words/signature-words.ts";

/** What was found, as the rest of a sentence that begins with "the signature". */
const FINDINGS: Readonly<Record<VerdictKind, string>> = {
  verified: "holds",
  stale: "holds, and came too late",
  future: "holds, and its time lies too far ahead",
  mismatch: "does not hold under any secret that was known",
  "missing-header": "is missing, or a header that belongs to it",
  "malformed-header": "cannot be read",
  unsigned: "none, and none was expected",
  "no-secret": "is there, and no secret was known for it",
  unjudged: "not judged",
};

/**
 * Two lines of `hookcli show`: who sent a request and how that is known, and what was found about its signature. Nothing
 * where nobody can tell either.
 * @param label pads what stands in front of a line
 */
export function printSignature(
  out: Printer,
  request: StoredRequest,
  recognition: Recognition | undefined,
  label: (text: string) => string,
): void {
  const { provider, verdict } = request.event;
  if (provider !== undefined)
    out.line(label("provider"), provider, styled(`  ${howKnown(provider, recognition)}`, "dim"));
  if (!verdict || (provider === undefined && verdict.kind === "unsigned")) return;
  const { kind, signedAtMs, secretName } = verdict;
  const style = kind === "verified" ? "good" : isFailed(verdict) ? "bad" : "dim";
  const age = signedAtMs === undefined ? "" : `, ${signedAgeText(signedAtMs, request.receivedAtMs)}`;
  const secret = secretName === undefined ? "" : `, under ${secretName}`;
  out.line(
    label("signature"),
    styled(kind === "unjudged" ? whyUnjudged(recognition) : FINDINGS[kind], style),
    age,
    secret,
  );
  if (isFailed(verdict) && !isGenuine(verdict))
    out.line(label(""), styled(`hookcli verify ${request.id} says why`, "dim"));
}

function howKnown(provider: string, recognition: Recognition | undefined): string {
  if (recognition?.provider !== provider) return "as it was said when it came";
  const { confidence, reason } = recognition;
  return `${confidence === "certain" ? "" : `${confidence}, `}by ${reason}`;
}

function whyUnjudged(recognition: Recognition | undefined): string {
  const signature = recognition?.scheme?.signature;
  return signature?.kind === "unjudged"
    ? `not judged: that takes ${signature.why}`
    : "not judged: its rule is not known";
}
