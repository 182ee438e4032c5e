import type { StoredRequest } from "../../core/model/request.ts";
import { isFailed, type Verdict, type VerdictKind } from "../../core/model/verdict.ts";
import { type Piece, styled } from "../terminal/printer.ts";
import { durationText } from "./units.ts";

/** One or two words for each verdict, as columns show it; empty where there is nothing to say. */
const WORDS: Readonly<Record<VerdictKind, string>> = {
  verified: "ok",
  stale: "stale",
  future: "future",
  mismatch: "mismatch",
  "missing-header": "missing",
  "malformed-header": "malformed",
  unsigned: "",
  "no-secret": "no secret",
  unjudged: "",
};

/** What a list shows of a signature: `ok`, `stale`, `no secret`. */
export function verdictCell(verdict: Verdict | undefined): Piece {
  if (!verdict) return "";
  const style = verdict.kind === "verified" ? "good" : isFailed(verdict) ? "bad" : "dim";
  return styled(WORDS[verdict.kind], style);
}

/** What a line of the log says of it: `signed ✓`, `signature ✗ stale`; undefined: nothing. */
export function verdictPiece(verdict: Verdict | undefined, isUnicode: boolean): Piece | undefined {
  if (!verdict || WORDS[verdict.kind] === "") return undefined;
  if (verdict.kind === "verified") return styled(`signed ${isUnicode ? "✓" : "ok"}`, "good");
  if (!isFailed(verdict)) return styled(WORDS[verdict.kind], "dim");
  return styled(`signature ${isUnicode ? "✗" : "BAD"} ${WORDS[verdict.kind]}`, "bad");
}

/** `2nd of evt_1, attempt 3, older than #12`: what says that an event came before, or too late; undefined: nothing does. */
export function duplicateText(request: StoredRequest, eventId: string): string | undefined {
  const { occurrence = 1, event, overtakenBy } = request;
  const { attemptNumber = 1 } = event;
  const parts = occurrence > 1 ? [`${nthText(occurrence)} of ${eventId}`] : [];
  if (attemptNumber > 1) parts.push(`attempt ${attemptNumber}`);
  if (overtakenBy !== undefined) parts.push(`older than #${overtakenBy}`);
  return parts.length > 0 ? parts.join(", ") : undefined;
}

/** `1st`, `2nd`, `11th`, `22nd` */
export function nthText(number: number): string {
  const isTeen = number % 100 >= 11 && number % 100 <= 13;
  const ending = isTeen ? undefined : ["st", "nd", "rd"][(number % 10) - 1];
  return `${number}${ending ?? "th"}`;
}

/** How old a signature was when it came: `4 s old`, `2 min ahead of its arrival`. */
export function signedAgeText(signedAtMs: number, receivedAtMs: number): string {
  const ageMs = receivedAtMs - signedAtMs;
  // Most write whole seconds, so it was signed up to a second later than it says.
  if (ageMs > -1000) return `${durationText(Math.max(0, ageMs))} old`;
  return `${durationText(-ageMs)} ahead of its arrival`;
}
