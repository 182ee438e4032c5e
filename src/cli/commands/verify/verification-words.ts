import type { VerdictKind } from "../../../core/model/verdict.ts";
import { type Piece, styled } from "../../terminal/printer.ts";
import { requestLine } from "../../words/request-words.ts";
import { secretVariable } from "../../secrets/find-sources.ts";
import type { Verification } from "../../../app/looking/verification.ts";
import { countText, durationText } from "../../words/units.ts";

const FINDINGS: Readonly<Record<VerdictKind, string>> = {
  verified: "The signature holds",
  stale: "The signature holds, and is too old",
  future: "The signature holds, and its time lies too far ahead",
  mismatch: "The signature does not hold",
  "missing-header": "The signature is missing, or a header that belongs to it",
  "malformed-header": "The signature cannot be read",
  unsigned: "There is no signature",
  "no-secret": "There is a signature, and no secret to hold it against",
  unjudged: "The signature cannot be judged",
};

/** The verdict in one line: `#44  POST /hooks  ✗ The signature does not hold`. */
export function verdictLine(verification: Verification, isUnicode: boolean): readonly Piece[] {
  const { subject, mask } = verification;
  const { requestId, message } = subject;
  const isOk = verification.explanation?.judgement.verdict.kind === "verified";
  const mark = isUnicode ? (isOk ? "✓ " : "✗ ") : isOk ? "ok: " : "NO: ";
  const name = requestId === undefined ? "" : `#${requestId}  `;
  return [
    styled(name, "bold"),
    requestLine(message, mask),
    "  ",
    styled(`${mark}${finding(verification)}`, isOk ? "good" : "bad"),
  ];
}

function finding({ subject, recognition, explanation }: Verification): string {
  const { completeness } = subject;
  if (completeness === "malformed") return "These bytes were no HTTP, so nothing is signed";
  if (completeness !== "complete")
    return `Not all of the body is there (${completeness}), so nobody can tell whether it holds`;
  if (!explanation)
    return recognition ? `No rule is known for ${recognition.provider}` : "There is no signature that hookcli knows";
  const { judgement, scheme } = explanation;
  const { presented, verdict } = judgement;
  if (scheme.signature.kind === "unjudged") return `${FINDINGS.unjudged}: that takes ${scheme.signature.why}`;
  if (presented?.kind === "incomplete") return `A signature is there, and ${presented.missing} is missing`;
  if (presented?.kind === "malformed") return `${FINDINGS["malformed-header"]}: ${presented.place} ${presented.why}`;
  const secret = verdict.secretName === undefined ? "" : `, under ${verdict.secretName}`;
  return `${FINDINGS[verdict.kind]}${secret}`;
}

/** Where nothing could be held against each other: how to come to a signature and a secret. Undefined: that is not it. */
export function whatToDo({ subject, recognition, explanation }: Verification): string | undefined {
  const { scheme, judgement } = explanation ?? {};
  const provider = recognition?.provider ?? scheme?.name;
  if (subject.completeness !== "complete" || provider === undefined || !scheme) return undefined;
  const there = scheme.trust === "reference" ? "" : ` at ${scheme.title}`;
  const ways = `--secret, ${secretVariable(provider)} or a configuration file`;
  const kind = judgement?.verdict.kind;
  if (kind === "no-secret") return `The secret stands where the webhook is set up${there}; give it with ${ways}.`;
  if (kind !== "unsigned") return undefined;
  if (scheme.signature.kind === "none") return `${scheme.title} has no signature: protect the address itself.`;
  return `Set a secret where the webhook is set up${there}: many sign only then. Give it with ${ways}.`;
}

/** `4 s`, `3 h 2 min`, `12 days` */
export function ageText(ageMs: number): string {
  const minutes = Math.floor(ageMs / 60_000);
  if (minutes < 120) return durationText(ageMs);
  if (minutes < 2 * 24 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${countText(Math.floor(minutes / 24 / 60))} days`;
}

/** The command to go on with. */
export function nextStep({ subject, recognition, explanation }: Verification): string {
  const { requestId } = subject;
  const what = requestId === undefined ? "--body-file …" : String(requestId);
  const provider = recognition?.provider ?? explanation?.scheme.name;
  if (subject.completeness !== "complete") return requestId === undefined ? "" : `hookcli show ${requestId}`;
  if (!recognition?.scheme && !explanation)
    return `hookcli verify ${what} --provider <name> (hookcli providers lists them)`;
  if (!recognition?.scheme && explanation?.search?.diagnosis)
    return "say in hookcli.config.json how this sender signs (docs/config.md)";
  switch (explanation?.judgement.verdict.kind) {
    case "verified":
      return requestId === undefined ? `hookcli providers ${provider ?? ""}` : `hookcli replay ${requestId}`;
    case "stale":
    case "future":
      return `hookcli verify ${what} --tolerance 0 (whatever its age)`;
    case "no-secret":
      return `hookcli verify ${what} --secret <value> (hookcli providers ${provider ?? ""} says what it looks like)`;
    case "mismatch":
    case "malformed-header":
    case "missing-header":
      return explanation.search?.diagnosis || requestId === undefined
        ? `hookcli providers ${provider ?? ""} (the rule, and where it was taken from)`
        : `hookcli verify ${what} --secret <another one>`;
    case "unsigned":
    case "unjudged":
    case undefined:
      return `hookcli providers ${provider ?? ""}`;
  }
}
