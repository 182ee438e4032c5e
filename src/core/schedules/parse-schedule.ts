import { HookcliError } from "../model/errors.ts";
import { nearestOf } from "../model/nearest.ts";
import { delaysOf, MOST_RETRIES, readDurationMs, type RetrySchedule, type ScheduleStep } from "./schedule.ts";

const MOST_CHARACTERS = 2000;
const MOST_FACTOR = 100;
const FORMS = "Delays are written 1m,5m,30m, exp:1s*2^5<=60s or linear:20s*3; behind them may stand ~10% and max 72h";
const EXPONENTIAL = "Write it like this: exp:1s*2^5<=60s (first delay, factor, number of retries, longest delay)";
const LINEAR = "Write it like this: linear:20s*3 (delay, number of retries)";

/**
 * Reads `1m,5m,30m`, `exp:1s*2^5<=60s`, `linear:20s*3`, or several of them with commas between; behind the delays `~10%`
 * for jitter and `max 72h` for the total.
 * @throws BAD_SCHEDULE its details hold `at` (counted from 1) and `from`, `to` (from 0): where in the text the trouble is
 */
export function parseSchedule(text: string): RetrySchedule {
  if (text.length > MOST_CHARACTERS)
    throw badSchedule(
      { written: text, from: MOST_CHARACTERS, to: text.length },
      `a schedule has at most ${MOST_CHARACTERS} characters`,
      "Leave some of it out",
    );
  const { delays, options } = splitOptions(text);
  const steps = piecesOf(text.slice(0, delays), 0).map(readStep);
  const schedule = { steps, ...readOptions(options) };
  if (steps.reduce((sum, step) => sum + (step.kind === "once" ? 1 : step.count), 0) > MOST_RETRIES)
    throw badSchedule(
      { written: text.slice(0, delays).trim(), from: 0, to: delays },
      `a schedule has at most ${MOST_RETRIES} retries`,
      "Leave some out",
    );
  if (delaysOf(schedule).length > 0) return schedule;
  const most = options.find(({ written }) => /^max/i.test(written)) ?? { written: text, from: 0, to: text.length };
  throw badSchedule(most, "the first retry would come later than that", "Give it more time, or a shorter delay");
}

/** Where the delays end, and what stands behind them. */
function splitOptions(text: string): { readonly delays: number; readonly options: readonly BadPiece[] } {
  const first = /(?<![,\s])\s+(?!\s*,)(?=\S)|~/.exec(text.trimEnd());
  const isLeading = first !== null && text.slice(0, first.index).trim() === "";
  if (!first || isLeading) return { delays: text.length, options: [] };
  const options = [...text.slice(first.index).matchAll(/max\s+\S+|~?[^\s~]+|~/gi)].map((found) => {
    const from = first.index + found.index;
    return { written: found[0], from, to: from + found[0].length };
  });
  return { delays: first.index, options };
}

function piecesOf(text: string, begin: number): readonly BadPiece[] {
  let at = begin;
  return text.split(",").map((raw) => {
    const written = raw.trim();
    const from = at + (written === "" ? 0 : raw.indexOf(written));
    at += raw.length + 1;
    return { written, from, to: from + written.length };
  });
}

function readStep(piece: BadPiece): ScheduleStep {
  const { written } = piece;
  if (written === "") throw badSchedule(piece, "here a delay should stand", FORMS);
  const [, name, rest = ""] = /^([a-z]+):([^]*)$/i.exec(written) ?? [];
  if (name === undefined) return { kind: "once", delayMs: delayIn(piece, written, FORMS) };
  const inner = { ...piece, from: piece.from + name.length + 1 };
  if (name.toLowerCase() === "exp") return readExponential(piece, inner, rest);
  if (name.toLowerCase() === "linear") return readLinear(piece, inner, rest);
  const near = nearestOf(name, ["exp", "linear"]);
  throw badSchedule(piece, `there is no form ${name}`, near === undefined ? FORMS : `Did you mean ${near}:?`);
}

function readExponential(piece: BadPiece, inner: BadPiece, rest: string): ScheduleStep {
  const parts = /^([^*]*)\*([^^]*)\^([^<]*)(?:<=([^]*))?$/.exec(rest);
  if (!parts) throw badSchedule(piece, "it is not all there", EXPONENTIAL);
  const [, first = "", factorText = "", countText = "", longest] = parts;
  const factorAt = inner.from + first.length + 1;
  const countAt = factorAt + factorText.length + 1;
  const firstMs = delayIn(inner, first, EXPONENTIAL);
  const factor = /^\d{1,3}(?:\.\d{1,6})?$/.test(factorText) ? Number(factorText) : Number.NaN;
  if (!(factor >= 1 && factor <= MOST_FACTOR))
    throw badSchedule({ ...inner, from: factorAt }, `the factor is a number from 1 to ${MOST_FACTOR}`, EXPONENTIAL);
  const count = countIn({ ...inner, from: countAt }, countText, EXPONENTIAL);
  if (longest === undefined) return { kind: "exponential", firstMs, factor, count };
  const longestMs = delayIn({ ...inner, from: countAt + countText.length + 2 }, longest, EXPONENTIAL);
  return { kind: "exponential", firstMs, factor, count, longestMs };
}

function readLinear(piece: BadPiece, inner: BadPiece, rest: string): ScheduleStep {
  const parts = /^([^*]*)\*([^]*)$/.exec(rest);
  if (!parts) throw badSchedule(piece, "it is not all there", LINEAR);
  const [, delay = "", count = ""] = parts;
  const delayMs = delayIn(inner, delay, LINEAR);
  return { kind: "linear", delayMs, count: countIn({ ...inner, from: inner.from + delay.length + 1 }, count, LINEAR) };
}

function readOptions(pieces: readonly BadPiece[]): Pick<RetrySchedule, "jitterPercent" | "mostTotalMs"> {
  let jitterPercent: number | undefined;
  let mostTotalMs: number | undefined;
  for (const piece of pieces) {
    const most = /^max\s+(\S+)$/i.exec(piece.written)?.[1];
    if (piece.written.startsWith("~")) {
      if (jitterPercent !== undefined) throw badSchedule(piece, "there is jitter already", "Leave one of them out");
      jitterPercent = jitterIn(piece);
    } else if (most === undefined) {
      const isMax = /^max$/i.test(piece.written);
      throw badSchedule(piece, isMax ? "no time stands behind it" : "what begins here belongs to nothing", FORMS);
    } else {
      if (mostTotalMs !== undefined) throw badSchedule(piece, "there is a total already", "Leave one of them out");
      mostTotalMs = delayIn({ ...piece, from: piece.to - most.length }, most, "Write it like this: max 72h");
    }
  }
  return { jitterPercent: jitterPercent ?? 0, ...(mostTotalMs === undefined ? {} : { mostTotalMs }) };
}

function jitterIn(piece: BadPiece): number {
  const percent = /^~(\d{1,3}(?:\.\d{1,3})?)%$/.exec(piece.written)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return Number(percent);
  throw badSchedule(piece, "jitter is a number from 0 to 100 with a percent sign", "Write it like this: ~10%");
}

function countIn(piece: BadPiece, text: string, advice: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MOST_RETRIES) return count;
  throw badSchedule(piece, `how many retries is a number from 1 to ${MOST_RETRIES}`, advice);
}

function delayIn(piece: BadPiece, text: string, advice: string): number {
  const delayMs = readDurationMs(text);
  if (delayMs !== undefined) return delayMs;
  if (/^\d+(?:\.\d+)?$/.test(text)) throw badSchedule(piece, `${text} has no unit`, "Units are ms, s, m, h and d: 30s");
  const isDuration = /^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/.test(text);
  throw badSchedule(piece, isDuration ? "it is longer than a year" : "it is no duration", advice);
}

/** A piece of a schedule that cannot be used, with where it stands (0 is the first character). */
export interface BadPiece {
  readonly written: string;
  readonly from: number;
  readonly to: number;
}

const MOST_SHOWN = 60;

/**
 * Says what is wrong with a piece of a schedule. The details `from` and `to` say which part of the text to underline; `at`
 * counts characters as people do, from 1.
 */
export function badSchedule({ written, from, to }: BadPiece, problem: string, advice: string): HookcliError {
  const piece = written.length > MOST_SHOWN ? `${written.slice(0, MOST_SHOWN)}…` : written || "nothing";
  return new HookcliError("BAD_SCHEDULE", { piece, at: from + 1, problem, advice, from, to });
}
