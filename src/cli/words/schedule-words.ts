import { delaysOf, printSchedule, spanMs } from "../../core/schedules/schedule.ts";
import {
  ACCEPTED,
  type NamedSchedule,
  type Retries,
  type ScheduleTrust,
  type StatusRange,
} from "../../core/schedules/named-schedule.ts";
import type { WrittenSchedule } from "../../core/schedules/find-schedule.ts";
import { durationText } from "./units.ts";

export const scheduleTrustTexts: Readonly<Record<ScheduleTrust, string>> = {
  code: "read in the provider's own code",
  official: "from the provider's documentation",
  quoted: "from the provider's documentation, as others quote it",
  secondary: "from what others write about it",
  reference: "what guides recommend: no provider stands behind it",
  undocumented: "said of a provider that does not say it: not a fact",
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** `5 s`, `2 min`, `27 h 35 min`, `3 d 4 h`: like `durationText`, and readable where it is long. */
export function longDurationText(durationMs: number): string {
  if (durationMs < MINUTE_MS && durationMs % 1000 === 0) return `${durationMs / 1000} s`;
  if (durationMs < HOUR_MS) return durationText(durationMs);
  const [unitMs, unit, restMs, rest] =
    durationMs < 2 * DAY_MS ? ([HOUR_MS, "h", MINUTE_MS, "min"] as const) : ([DAY_MS, "d", HOUR_MS, "h"] as const);
  const count = Math.round(durationMs / restMs);
  const [whole, left] = [Math.floor((count * restMs) / unitMs), count % (unitMs / restMs)];
  return left === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${left} ${rest}`;
}

/** What a schedule is, in a few words: its delays as they are written, else what is known. */
export function retriesText(retries: Retries): string {
  switch (retries.kind) {
    case "delays":
      return printSchedule(retries.schedule);
    case "count": {
      const most = retries.most === undefined ? "retries" : `up to ${retries.most} retries`;
      return retries.withinMs === undefined ? most : `${most} within ${longDurationText(retries.withinMs)}`;
    }
    case "unpublished":
      return "intervals not published";
    case "none":
      return "no automatic retries";
    default:
      return retries satisfies never;
  }
}

/** How many attempts there are, the first one included; empty where nobody knows. */
export function attemptCountText(retries: Retries): string {
  if (retries.kind === "delays") return String(delaysOf(retries.schedule).length + 1);
  if (retries.kind === "none") return "1";
  return retries.kind === "count" && retries.most !== undefined ? `up to ${retries.most + 1}` : "";
}

/** From the first attempt to the last; empty where nobody knows. */
export function spanText(retries: Retries): string {
  if (retries.kind === "delays") return longDurationText(spanMs(retries.schedule));
  return retries.kind === "count" && retries.withinMs !== undefined ? longDurationText(retries.withinMs) : "";
}

/** `2xx`, `200, 204`, `200-399` */
export function statusRangesText(ranges: readonly StatusRange[]): string {
  return ranges.map(rangeText).join(", ");
}

function rangeText([least, most]: StatusRange): string {
  if (least === most) return String(least);
  return least % 100 === 0 && most === least + 99 ? `${least / 100}xx` : `${least}-${most}`;
}

/** What something was held against: `svix: 5s,5m`, `1m,5m`. */
export function writtenScheduleText(written: WrittenSchedule): string {
  if (written.kind === "own") return printSchedule(written.schedule);
  return `${written.schedule.name}: ${retriesText(written.schedule.retries)}`;
}

/** The labelled facts of a schedule; those of which nothing is known are left out. */
export function scheduleRows(schedule: NamedSchedule): readonly (readonly [label: string, text: string])[] {
  const { source, trust, retries, accepts = ACCEPTED, stopsOn, timeoutMs, headers = {}, says } = schedule;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["source", source],
    ["trust", scheduleTrustTexts[trust]],
    ["retries", retriesText(retries)],
    ["attempts", attemptCountText(retries)],
    ["span", spanText(retries)],
    ["because", "why" in retries ? retries.why : undefined],
    ["accepted", statusRangesText(accepts)],
    ["given up on", stopsOn && statusRangesText(stopsOn)],
    ["waits", timeoutMs === undefined ? undefined : `${durationText(timeoutMs)} for an answer`],
    ["says why", headers.reason && `header ${headers.reason}`],
    ["says since", headers.firstAt && `header ${headers.firstAt}`],
    ["is stopped by", headers.stop && `header ${headers.stop} in an answer`],
    ["note", says],
  ];
  return rows.flatMap(([label, text]) => (text === undefined || text === "" ? [] : [[label, text] as const]));
}
