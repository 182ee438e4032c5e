import { HookcliError } from "../model/errors.ts";

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
