import { HookcliError } from "../model/errors.ts";
import { nearestOf } from "../model/nearest.ts";
import { schedules } from "./index.ts";
import type { NamedSchedule } from "./named-schedule.ts";
import { parseSchedule } from "./parse-schedule.ts";
import type { RetrySchedule } from "./schedule.ts";

const byName = new Map(schedules.flatMap((schedule) => namesOf(schedule).map((name) => [name, schedule] as const)));

/** The schedule of a name, or of the other name of it; undefined: there is none. */
export function findSchedule(name: string): NamedSchedule | undefined {
  return byName.get(name);
}

function namesOf({ name, alias }: NamedSchedule): readonly string[] {
  return alias === undefined ? [name] : [name, alias];
}

/** What a person wrote: a schedule that has a name, or delays of their own. */
export type WrittenSchedule =
  | { readonly kind: "named"; readonly schedule: NamedSchedule }
  | { readonly kind: "own"; readonly schedule: RetrySchedule };

/**
 * Reads the name of a schedule in any letter case, or one in the grammar of `parseSchedule`.
 * @throws SCHEDULE_NOT_FOUND for a word that is no name, BAD_SCHEDULE
 */
export function readSchedule(text: string): WrittenSchedule {
  const trimmed = text.trim();
  const named = findSchedule(trimmed.toLowerCase());
  if (named) return { kind: "named", schedule: named };
  // Names are plain words; delays begin with a digit or a form with its colon.
  if (!/^[a-z][a-z-]*$/i.test(trimmed)) return { kind: "own", schedule: parseSchedule(text) };
  const near = nearestOf(
    trimmed,
    schedules.map(({ name }) => name),
  );
  const advice = near === undefined ? "hookcli schedules lists all of them" : `Did you mean ${near}?`;
  throw new HookcliError("SCHEDULE_NOT_FOUND", { name: JSON.stringify(trimmed), advice });
}
