import { delaysOf, printSchedule, spanMs } from "../schedules/schedule.ts";
import { ACCEPTED, type Retries, type StatusRange } from "../schedules/named-schedule.ts";
import type { WrittenSchedule } from "../schedules/find-schedule.ts";
import type { JsonShape } from "./shapes/index.ts";

export function scheduleToJson(written: WrittenSchedule): JsonShape<"schedule"> {
  const named = written.kind === "named" ? written.schedule : undefined;
  const retries: Retries = written.kind === "named" ? written.schedule.retries : { ...written, kind: "delays" };
  const schedule = retries.kind === "delays" ? retries.schedule : undefined;
  return {
    v: 1,
    kind: "schedule",
    name: named?.name ?? null,
    title: named?.title ?? null,
    source: named?.source ?? null,
    trust: named?.trust ?? null,
    retries: retries.kind,
    text: schedule ? printSchedule(schedule) : null,
    delaysMs: schedule ? [...delaysOf(schedule)] : [],
    jitterPercent: schedule?.jitterPercent ?? null,
    most: mostOf(retries),
    spanMs: schedule ? spanMs(schedule) : retries.kind === "count" ? (retries.withinMs ?? null) : null,
    why: "why" in retries ? retries.why : null,
    accepts: pairs(named?.accepts ?? ACCEPTED),
    stopsOn: pairs(named?.stopsOn ?? []),
    timeoutMs: named?.timeoutMs ?? null,
    note: named?.says ?? null,
  };
}

function mostOf(retries: Retries): number | null {
  if (retries.kind === "delays") return delaysOf(retries.schedule).length + 1;
  if (retries.kind === "none") return 1;
  return retries.kind === "count" && retries.most !== undefined ? retries.most + 1 : null;
}

function pairs(ranges: readonly StatusRange[]): [number, number][] {
  return ranges.map(([least, most]) => [least, most]);
}
