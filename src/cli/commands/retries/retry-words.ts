import type { CapturedAttempt } from "../../../app/looking/captured-attempt.ts";
import { isSuccess } from "../../../core/model/success.ts";
import { type Comparison, countOf, type ExtraReason, type JudgedAttempt } from "../../../core/schedules/comparison.ts";
import { type Piece, styled } from "../../terminal/printer.ts";
import { longDurationText } from "../../words/schedule-words.ts";
import { dateTimeText, timeText } from "../../words/units.ts";

const EXTRA_TEXTS: Readonly<Record<ExtraReason, string>> = {
  accepted: "extra: one before was accepted",
  stopped: "extra: one before ended it",
  "used-up": "extra: the schedule has no more",
  repeated: "extra: this number came before",
};

/** What was found about one attempt, in a few words. */
export function findingPiece({ finding, extra }: JudgedAttempt): Piece {
  switch (finding) {
    case "first":
      return styled("first", "dim");
    case "on-time":
      return styled("on time", "good");
    case "early":
      return styled("early", "wait");
    case "late":
      return styled("late", "bad");
    case "extra":
      return styled(extra ? EXTRA_TEXTS[extra] : "extra", "bad");
    case "unknown":
      return "";
    default:
      return finding satisfies never;
  }
}

/** What the sender was told: `200`, `500`, `nothing`, `200 unheard`; empty where it is not known. */
export function toldPiece({ told, heardStatus }: Pick<CapturedAttempt, "told" | "heardStatus">): Piece {
  if (!told) return "";
  if (told.status !== 0 && heardStatus === 0) return styled(`${told.status} unheard`, "bad");
  if (told.status === 0) return styled("nothing", "bad");
  return styled(String(told.status), isSuccess(told.status) ? "good" : told.status < 500 ? "wait" : "bad");
}

/** Where an event stands: `3 of 8 seen, next expected 14:32-14:41`. */
export function standingText(comparison: Comparison, nowMs: number, isUnicode: boolean): string {
  const { attempts, most, next, lastByMs, end } = comparison;
  const extra = countOf(comparison, "extra");
  const seen = attempts.length - extra;
  const parts = [
    `${seen}${most === undefined ? "" : ` of ${most}`} seen`,
    ...(extra > 0 ? [`${extra} extra`] : []),
    ...missingTexts(comparison.missing),
    ...countTexts(comparison),
  ];
  if (end === "accepted") parts.push(`accepted on attempt ${acceptedOn(comparison)}`);
  if (end === "stopped") parts.push("the answer ended it");
  if (end === "used-up") parts.push("no more are expected");
  if (next) parts.push(`next expected ${rangeText(next.fromMs, next.toMs, nowMs, isUnicode)}`);
  if (end === "open" && lastByMs !== undefined) parts.push(`the last one by ${shortTime(lastByMs, nowMs)}`);
  return parts.join(", ");
}

/** `14:32-14:41`; to the second where that is less than two minutes, with the date where it is another day. */
export function rangeText(fromMs: number, toMs: number, nowMs: number, isUnicode: boolean): string {
  const isExact = toMs - fromMs < 120_000;
  const from = shortTime(fromMs, nowMs, isExact);
  const isSameDay = dateOf(fromMs) === dateOf(toMs);
  const to = isSameDay ? timeText(toMs).slice(0, isExact ? 8 : 5) : shortTime(toMs, nowMs, isExact);
  return `${from}${isUnicode ? "–" : "-"}${to}`;
}

/** `+5 s`, `+2 h 1 min`; empty for the first. */
export function gapText({ gapMs }: JudgedAttempt): string {
  return gapMs === undefined ? "" : `+${longDurationText(gapMs)}`;
}

function missingTexts(missing: readonly number[]): readonly string[] {
  return missing.length === 0 ? [] : [`${missing.length} missing (${runTexts(missing).join(", ")})`];
}

/** `1, 2, 6 to 12` @param numbers in ascending order */
function runTexts(numbers: readonly number[]): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < numbers.length;) {
    const first = numbers[at] ?? 0;
    let length = 1;
    while (numbers[at + length] === first + length) length += 1;
    const isRun = length > 2;
    texts.push(isRun ? `${first} to ${first + length - 1}` : String(first));
    at += isRun ? length : 1;
  }
  return texts;
}

function countTexts(comparison: Comparison): readonly string[] {
  return (["early", "late"] as const).flatMap((finding) => {
    const count = countOf(comparison, finding);
    return count > 0 ? [`${count} ${finding}`] : [];
  });
}

/** What came after an acceptance is extra, so it is the last of the others. */
function acceptedOn({ attempts }: Comparison): number {
  return attempts.findLast(({ extra }) => extra !== "accepted")?.number ?? 1;
}

function shortTime(atMs: number, nowMs: number, isExact = false): string {
  const time = timeText(atMs).slice(0, isExact ? 8 : 5);
  return dateOf(atMs) === dateOf(nowMs) ? time : `${dateOf(atMs).slice(5)} ${time}`;
}

function dateOf(atMs: number): string {
  return dateTimeText(atMs).slice(0, 10);
}
