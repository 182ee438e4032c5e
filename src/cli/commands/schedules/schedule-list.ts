import type { NamedSchedule } from "../../../core/schedules/named-schedule.ts";
import { delaysOf, printSchedule, type RetrySchedule } from "../../../core/schedules/schedule.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { type Printer, styled } from "../../terminal/printer.ts";
import { attemptCountText, longDurationText, retriesText, scheduleRows, spanText } from "../../words/schedule-words.ts";
import { TextTable } from "../../words/text-table.ts";
import { plural } from "../../words/units.ts";

const COLUMNS = [
  { name: "NAME" },
  { name: "RETRIES AFTER", least: 24 },
  { name: "ATTEMPTS", gives: 3 },
  { name: "SPAN", gives: 2 },
  { name: "TRUST", gives: 4 },
  { name: "SOURCE", gives: 1 },
] as const;

const ATTEMPT_COLUMNS = [{ name: "ATTEMPT" }, { name: "AFTER THE ONE BEFORE" }, { name: "AFTER THE FIRST" }] as const;

/** More attempts of one schedule are told in a sentence. */
const MOST_ATTEMPTS = 24;

/** One line for each schedule. */
export function printSchedules(at: Surroundings, schedules: readonly NamedSchedule[]): void {
  new TextTable(at, COLUMNS).print(
    schedules.map(({ name, retries, trust, source }) => [
      styled(name, "bold"),
      retriesText(retries),
      attemptCountText(retries),
      spanText(retries),
      trust,
      styled(source, "dim"),
    ]),
  );
}

/** All that is known about one, and each of its attempts. */
export function printNamedSchedule(at: Surroundings, schedule: NamedSchedule): void {
  at.out.line(styled(schedule.name, "bold"), `  ${schedule.title}`);
  for (const [label, text] of scheduleRows(schedule)) at.out.line(styled(label.padEnd(16), "dim"), text);
  if (schedule.retries.kind !== "delays") return;
  at.out.line("");
  printAttempts(at, schedule.retries.schedule);
}

/** One that a person wrote. */
export function printOwnSchedule(at: Surroundings, schedule: RetrySchedule): void {
  at.out.line(styled(printSchedule(schedule), "bold"));
  printAttempts(at, schedule);
}

function printAttempts(at: Surroundings, schedule: RetrySchedule): void {
  const delays = delaysOf(schedule);
  let sumMs = 0;
  const rows = [0, ...delays].map((delayMs, index) => {
    sumMs += delayMs;
    const jitter = index === 0 || schedule.jitterPercent === 0 ? "" : ` ${plusMinus(at.out)}${schedule.jitterPercent}%`;
    return [String(index + 1), `${longDurationText(delayMs)}${jitter}`, longDurationText(sumMs)];
  });
  new TextTable(at, ATTEMPT_COLUMNS).print(rows.slice(0, MOST_ATTEMPTS));
  const left = rows.length - MOST_ATTEMPTS;
  if (left > 0) at.out.line(`and ${plural(left, "attempt")} more, the last one after ${longDurationText(sumMs)}`);
}

function plusMinus({ isUnicode }: Printer): string {
  return isUnicode ? "±" : "+-";
}
