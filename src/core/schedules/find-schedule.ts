import { schedules } from "./index.ts";
import type { NamedSchedule } from "./named-schedule.ts";

const byName = new Map(schedules.flatMap((schedule) => namesOf(schedule).map((name) => [name, schedule] as const)));

/** The schedule of a name, or of the other name of it; undefined: there is none. */
export function findSchedule(name: string): NamedSchedule | undefined {
  return byName.get(name);
}

function namesOf({ name, alias }: NamedSchedule): readonly string[] {
  return alias === undefined ? [name] : [name, alias];
}
