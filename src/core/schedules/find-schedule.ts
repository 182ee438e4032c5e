import { schedules } from "./index.ts";
import type { NamedSchedule } from "./named-schedule.ts";

const byName = new Map(schedules.map((schedule) => [schedule.name, schedule]));

/** The schedule of a name; undefined: there is none. */
export function findSchedule(name: string): NamedSchedule | undefined {
  return byName.get(name);
}
