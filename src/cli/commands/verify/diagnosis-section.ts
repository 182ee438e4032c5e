import { bodySizeBytes } from "../../../core/model/body.ts";
import { type Mask } from "../../../core/model/mask.ts";
import type { BodyDifference } from "../../../core/schemes/explain/body-difference.ts";
import type { Explanation } from "../../../core/schemes/explain/explanation.ts";
import type { SearchResult } from "../../../core/schemes/explain/search.ts";
import { type Printer, styled } from "../../terminal/printer.ts";
import type { Verification, VerifySubject } from "../../../app/looking/verification.ts";
import { countText, plural } from "../../words/units.ts";
import { sizeText } from "../../../core/model/quantities.ts";

const WIDTH = 11;

/** Why a signature does not hold, and what to do about it; nothing where it holds or nothing was looked for. */
export function printDiagnosis(out: Printer, { subject, mask }: Verification, { search, rule }: Explanation): void {
  if (!search) return;
  const { diagnosis } = search;
  out.line();
  if (!diagnosis) return printNothingFound(out, search, rule?.signsUrl === true);
  const says = diagnosis.causes.map((cause) => mask.text(cause.says)).join(", and ");
  out.line(styled("Why".padEnd(WIDTH), "bold"), `The signature holds if ${says}.`);
  if (diagnosis.body) printDifference(out, diagnosis.body, isHarmless(subject, mask));
  for (const [index, { fix }] of diagnosis.causes.entries())
    out.line(styled((index === 0 ? "Fix" : "").padEnd(WIDTH), "bold"), mask.text(fix));
}

function printDifference(out: Printer, difference: BodyDifference, isShown: boolean): void {
  const { signedBytes, receivedBytes, atByte, signed, received } = difference;
  const sizes = `${countText(signedBytes)} bytes were signed and ${countText(receivedBytes)} came`;
  out.line("".padEnd(WIDTH), `${sizes}; they part at byte ${countText(atByte)}.`);
  if (!isShown) return;
  out.line("".padEnd(WIDTH), styled("signed  ", "dim"), quoted(signed));
  out.line("".padEnd(WIDTH), styled("came    ", "dim"), quoted(received));
}

/** Whether pieces of a body may be shown: a piece of a credential is no longer seen to be one. */
function isHarmless({ message: { body } }: VerifySubject, mask: Mask): boolean {
  if (mask.isRevealing) return true;
  if (body.kind === "file" || bodySizeBytes(body) > 1024 * 1024) return false;
  const text = Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.byteLength).toString();
  return mask.text(text) === text;
}

function quoted(bytes: Uint8Array): string {
  if (bytes.length === 0) return "(the end)";
  // The last character may have been cut in two.
  return JSON.stringify(
    Buffer.from(bytes)
      .toString()
      .replace(/\ufffd$/, ""),
  );
}

const OTHER_SECRET = "The likeliest cause is another secret: one of another endpoint, or of test and not of live.";
const OTHER_ADDRESS =
  "The address is signed too: the likeliest causes are that the provider posts to another one (--public-url), and another secret.";

function printNothingFound(out: Printer, { checks, bytes, stoppedBy }: SearchResult, signsUrl: boolean): void {
  const indent = "".padEnd(WIDTH);
  if (stoppedBy === "bytes" && checks === 0) {
    return out.line(styled("Why".padEnd(WIDTH), "bold"), "The body is too large to look for a cause.");
  }
  const cost = checks === 0 ? "" : `: ${plural(checks, "variant")} tried, ${sizeText(bytes)} hashed`;
  out.line(styled("Why".padEnd(WIDTH), "bold"), `Nothing that is often done wrong makes it hold${cost}.`);
  if (stoppedBy === "bytes") out.line(indent, "The search was cut short: the body is large.");
  out.line(indent, signsUrl ? OTHER_ADDRESS : OTHER_SECRET);
}
