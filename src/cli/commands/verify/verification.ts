import { bodySizeBytes } from "../../../core/model/body.ts";
import { type Mask, maskedBeginning } from "../../../core/model/mask.ts";
import { keyFormText } from "../../../core/schemes/explain/key-words.ts";
import type { Explanation } from "../../../core/schemes/explain/explanation.ts";
import { type Piece, type Printer, styled } from "../../terminal/printer.ts";
import { fromWire } from "../../terminal/safe.ts";
import { methodText, signatureHeaders, signaturePhrase } from "../../words/scheme-words.ts";
import { printDiagnosis } from "./diagnosis-section.ts";
import type { Verification, VerifySubject } from "../../../app/looking/verification.ts";
import { ageText, nextStep, verdictLine, whatToDo } from "./verification-words.ts";
import { countText, durationText, shorten } from "../../words/units.ts";

const LABEL_WIDTH = 11;
const EXCERPT_CHARACTERS = 60;
const SHORT_CHARACTERS = 8;
/** More is not looked through for what must be masked. */
const MOST_SHOWN_BYTES = 64 * 1024;

/** `hookcli verify`: the verdict, what it rests on, why it is so, and what to do next. */
export function printVerification(out: Printer, verification: Verification): void {
  const { recognition, explanation } = verification;
  out.line(...verdictLine(verification, out.isUnicode));
  if (recognition ?? explanation) out.line();
  if (recognition) {
    const { provider, scheme, reason } = recognition;
    const title = scheme && scheme.title.toLowerCase() !== provider ? ` (${scheme.title})` : "";
    out.line(label("provider"), provider, title, styled(`  by ${reason}`, "dim"));
  }
  if (explanation) printRule(out, explanation);
  if (explanation) printSigned(out, verification, explanation);
  if (explanation) printFindings(out, verification, explanation);
  for (const says of explanation?.advice ?? []) out.line(label("SDK"), styled(says, "wait"));
  if (explanation) printDiagnosis(out, verification, explanation);
  const advice = whatToDo(verification);
  if (advice !== undefined) out.line();
  if (advice !== undefined) out.line(styled(label("Fix"), "bold"), advice);
  out.line();
  out.line(styled(`Next: ${nextStep(verification)}`, "dim"));
}

function label(text: string): string {
  return text.padEnd(LABEL_WIDTH);
}

function printRule(out: Printer, { scheme, rule }: Explanation): void {
  const [first, ...rest] = signatureHeaders(scheme);
  if (first !== undefined) out.line(label("header"), first);
  for (const header of rest) out.line(label(""), header);
  if (!rule) return out.line(label("method"), signaturePhrase(scheme.signature));
  out.line(label("method"), `${methodText(scheme) ?? rule.algorithm}, over ${rule.describes}`);
  out.line(label("key"), keyFormText(rule.key));
}

/** The pieces of what was signed, one a line, in their order. */
function printSigned(out: Printer, { subject, mask }: Verification, { signed }: Explanation): void {
  for (const [index, { name, text, sizeBytes }] of signed.entries()) {
    const what = name === "text" || name === "other" ? "" : name;
    const size = `${countText(sizeBytes)} bytes`;
    const more = name === "other" && text !== undefined ? "; --reveal shows them" : "";
    const shown = textOfPart(name, text, mask) ?? size + more;
    const excerpt = name === "body" ? excerptOf(subject, mask) : "";
    out.line(label(index === 0 ? "signed" : ""), styled(what.padEnd(7), "bold"), shown, styled(excerpt, "dim"));
  }
}

/** What code glued together cannot be masked piece by piece: it is shown whole, or not. */
function textOfPart(name: string, text: string | undefined, mask: Mask): string | undefined {
  if (text === undefined || (name === "other" && !mask.isRevealing)) return undefined;
  const shown = fromWire(text).replaceAll("\n", String.raw`\n`);
  return mask.text(shown);
}

function excerptOf({ message: { body } }: VerifySubject, mask: Mask): string {
  const sizeBytes = bodySizeBytes(body);
  if (body.kind === "file" || sizeBytes === 0) return "";
  const text = Buffer.from(body.bytes.subarray(0, MOST_SHOWN_BYTES)).toString();
  const shown = maskedBeginning(text, EXCERPT_CHARACTERS * 2, mask);
  return `  ${shorten(shown.replaceAll("\r", String.raw`\r`).replaceAll("\n", String.raw`\n`), EXCERPT_CHARACTERS)}`;
}

/** Signature and age are two findings. */
function printFindings(out: Printer, { subject, mask }: Verification, explanation: Explanation): void {
  const { judgement, secrets, received, expected, scheme } = explanation;
  printAge(out, subject, explanation);
  const { match } = judgement;
  for (const [index, { secret, problem }] of secrets.entries()) {
    const fits = match?.secret === secret ? styled("  fits", "good") : "";
    const cannot = problem === undefined ? "" : styled(`  cannot be used: ${problem}`, "bad");
    out.line(label(index === 0 ? "secret" : ""), secret.name, fits, cannot);
  }
  const isToken = scheme.signature.kind === "static" && explanation.rule === undefined;
  for (const [index, { text, place }] of received.entries()) {
    const isIt = match?.presented.text === text ? styled("  holds", "good") : "";
    const shown = isToken ? "a token" : mask.isRevealing ? text : shortOf(mask.text(text));
    out.line(label(index === 0 ? "received" : ""), shown, styled(`  in ${place}`, "dim"), isIt);
  }
  if (match || expected === undefined) return;
  const hidden: Piece = styled(`${expected.length} characters; --reveal shows them`, "dim");
  out.line(label("expected"), mask.isRevealing ? expected : hidden);
}

function printAge(out: Printer, subject: VerifySubject, { age, judgement: { freshness } }: Explanation): void {
  if (!age) return;
  const { ageMs, toleranceMs, judgedAtMs } = age;
  const moment = judgedAtMs === subject.receivedAtMs ? "it came" : new Date(judgedAtMs).toISOString();
  // Most write whole seconds, so it was signed up to a second later than it says.
  const when = ageMs > -1000 ? `${ageText(Math.max(0, ageMs))} before ${moment}` : `${ageText(-ageMs)} after ${moment}`;
  const limit = toleranceMs === undefined ? "any age is taken" : `${durationText(toleranceMs)} are allowed`;
  const finding = freshness === "stale" ? ", too old" : freshness === "future" ? ", too far ahead" : "";
  out.line(
    label("signed at"),
    `${new Date(age.signedAtMs).toISOString()}, ${when}; ${limit}`,
    finding === "" ? "" : styled(finding, "bad"),
  );
}

function shortOf(text: string): string {
  return text.length <= SHORT_CHARACTERS ? text : `${text.slice(0, SHORT_CHARACTERS)}… (${text.length} characters)`;
}
