import { schedules as known } from "../../../core/schedules/index.ts";
import { readSchedule, type WrittenSchedule } from "../../../core/schedules/find-schedule.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { scheduleToJson } from "../../../core/wire/schedule-json.ts";
import { printNamedSchedule, printOwnSchedule, printSchedules } from "./schedule-list.ts";
import type { FlagsOf } from "../../settings/flags.ts";

/** Tells who retries when, and what a schedule means. */
export const schedules: Action<FlagsOf> = async (at, words, flags) => {
  if (words.length > 1 && words.every((word) => /^[a-z][a-z-]*$/i.test(word)))
    throw flags.usage("one schedule at a time");
  const asked: readonly WrittenSchedule[] =
    words.length === 0 ? known.map((schedule) => ({ kind: "named", schedule })) : [readSchedule(words.join(" "))];
  const [written] = asked;
  if (flags.isOn("json")) for (const each of asked) at.out.json(scheduleToJson(each));
  else if (words.length === 0) printSchedules(at, known);
  else if (written?.kind === "named") printNamedSchedule(at, written.schedule);
  else if (written) printOwnSchedule(at, written.schedule);
  return EXIT.ok;
};
