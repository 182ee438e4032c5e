import { type CapturedAttempt, retryReason } from "../../../app/looking/captured-attempt.ts";
import type { ComparedGroup } from "../../../app/looking/compare-group.ts";
import { type Comparison, isAsExpected, type JudgedAttempt } from "../../../core/schedules/comparison.ts";
import { isAccepted } from "../../../core/schedules/named-schedule.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { type Piece, styled } from "../../terminal/printer.ts";
import { outcomePiece } from "../../words/request-words.ts";
import { drawTimeline, type TimelinePoint } from "./retry-timeline.ts";
import { findingPiece, gapText, standingText, toldPiece } from "./retry-words.ts";
import { longDurationText, writtenScheduleText } from "../../words/schedule-words.ts";
import { TextTable } from "../../words/text-table.ts";
import { durationText, listTimeText } from "../../words/units.ts";

const COLUMNS = [
  { name: "#" },
  { name: "ID" },
  { name: "WHEN", gives: 3 },
  { name: "AFTER" },
  { name: "EXPECTED", gives: 5 },
  { name: "FOUND", least: 7 },
  { name: "TOLD" },
  { name: "TOOK", gives: 1 },
  { name: "HANDLER", gives: 2 },
  { name: "WHY", gives: 4, least: 12 },
] as const;

const INDENT = 2;

/** Attempts of one event, line by line as they come, and what follows from them. */
export class RetryDetail {
  readonly #at: Surroundings;
  readonly #table: TextTable;
  #printed = 0;

  constructor(at: Surroundings) {
    this.#at = at;
    this.#table = new TextTable(at, COLUMNS, INDENT);
  }

  /** The attempts that were not printed yet: all, or with `isRunning` those whose answer is known. */
  attempts(compared: ComparedGroup, isRunning: boolean): void {
    const { attempts } = compared.group;
    if (this.#printed === 0) this.#heading(compared);
    const settled = attempts.findIndex(({ told }, at) => at >= this.#printed && told === undefined);
    // One that nobody was told about is settled all the same when the next one has come.
    const end = isRunning && settled === attempts.length - 1 ? settled : attempts.length;
    const rows = attempts.slice(this.#printed, end).flatMap((captured, offset) => {
      const judged = compared.comparison.attempts[this.#printed + offset];
      return judged ? [this.#cells(compared, captured, judged)] : [];
    });
    this.#table.print(rows);
    this.#printed = Math.max(this.#printed, end);
  }

  /** The drawn timeline, where it stands, and why a comparison would mean nothing. */
  standing(compared: ComparedGroup): void {
    const { out, clock, columns } = this.#at;
    const { comparison } = compared;
    const nowMs = clock.nowMs();
    const { points, marks } = drawTimeline(pointsOf(compared, out.isUnicode), columns - INDENT, out.isUnicode);
    out.line(" ".repeat(INDENT), points);
    out.line(" ".repeat(INDENT), marks);
    out.line(styled(standingText(comparison, nowMs, out.isUnicode), styleOf(comparison)));
    if (comparison.meaningless !== undefined) out.line(`gaps say nothing: ${comparison.meaningless}`);
    else if (compared.against?.kind === "named" && compared.against.schedule.trust === "undocumented")
      out.line(styled("this schedule is documented by nobody", "dim"));
    if (comparison.missing.length > 0)
      out.line(styled("missing: not sent, or sent while nothing listened here", "dim"));
    if (compared.group.isCut) out.line(styled("older attempts are stored that are not shown", "dim"));
  }

  #heading({ group, against }: ComparedGroup): void {
    const { out } = this.#at;
    const mask = out.mask();
    const name = group.eventId ?? (group.bodySha256 === undefined ? "a request" : `body sha256 ${group.bodySha256}`);
    const type = group.eventType === undefined ? "" : `  ${mask.text(group.eventType)}`;
    const provider = group.provider === undefined ? "" : `  (${mask.text(group.provider)})`;
    out.line(styled(mask.text(name), "bold"), type, styled(provider, "dim"));
    if (against) out.line(styled(`schedule ${writtenScheduleText(against)}`, "dim"));
  }

  #cells({ provided }: ComparedGroup, captured: CapturedAttempt, judged: JudgedAttempt): readonly Piece[] {
    const { request, toldAfterMs, told, handled } = captured;
    const reason = retryReason(captured, provided?.headers);
    const why = [reason, told?.note].filter((text) => text !== undefined);
    return [
      String(judged.number),
      styled(`#${request.id}`, "bold"),
      styled(listTimeText(request.receivedAtMs, this.#at.clock.nowMs()), "dim"),
      gapText(judged),
      judged.expectedMs === undefined ? "" : longDurationText(judged.expectedMs),
      findingPiece(judged),
      toldPiece(captured),
      toldAfterMs === undefined ? "" : durationText(toldAfterMs),
      handled ? outcomePiece(handled) : "",
      this.#at.out.mask().text(why.join("; ")),
    ];
  }
}

function styleOf(comparison: Comparison): "good" | "bad" | "bold" {
  if (!isAsExpected(comparison)) return "bad";
  return comparison.end === "accepted" ? "good" : "bold";
}

/** What was seen, what is missing where it should have been, and what comes next. */
function pointsOf({ group, comparison, provided }: ComparedGroup, isUnicode: boolean): readonly TimelinePoint[] {
  const [good, bad, unknown] = isUnicode ? ["✓", "✗", "?"] : ["+", "x", "?"];
  const points = group.attempts.flatMap(({ request, heardStatus }, at): readonly TimelinePoint[] => {
    const isExtra = comparison.attempts[at]?.finding === "extra";
    const isGood = heardStatus !== undefined && isAccepted(heardStatus, provided ?? {});
    const mark = heardStatus === undefined ? unknown : isGood ? good : bad;
    const point: TimelinePoint = { atMs: request.receivedAtMs, kind: isExtra ? "extra" : "seen", mark: mark ?? "" };
    return [...missingBefore(at, group.attempts, comparison), point];
  });
  const { next } = comparison;
  const ahead: TimelinePoint[] = next ? [{ atMs: next.fromMs, kind: "next", mark: " " }] : [];
  return [...points, ...ahead];
}

/** Between two that were seen; when they were due is not known to the second, so they lie evenly. */
function missingBefore(
  at: number,
  attempts: readonly CapturedAttempt[],
  { attempts: judged, missing }: Comparison,
): readonly TimelinePoint[] {
  const [before, after] = [attempts[at - 1]?.request.receivedAtMs, attempts[at]?.request.receivedAtMs];
  const [from, to] = [judged[at - 1]?.number, judged[at]?.number];
  if (before === undefined || after === undefined || from === undefined || to === undefined) return [];
  const between = missing.filter((number) => number > from && number < to);
  return between.map((_, place) => ({
    atMs: before + ((after - before) * (place + 1)) / (between.length + 1),
    kind: "missing",
    mark: " ",
  }));
}
