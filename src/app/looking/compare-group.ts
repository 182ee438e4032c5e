import { headerFields, headerValue } from "../../core/model/headers.ts";
import { compareAttempts, compareWithoutSchedule } from "../../core/schedules/compare.ts";
import type { Comparison, Expected, Tolerance } from "../../core/schedules/comparison.ts";
import { findSchedule, type WrittenSchedule } from "../../core/schedules/find-schedule.ts";
import type { NamedSchedule } from "../../core/schedules/named-schedule.ts";
import { findScheme } from "../../core/schemes/known-schemes.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";
import { seenAttempt } from "./captured-attempt.ts";
import type { RetryGroup } from "./retry-groups.ts";

export interface CompareGroupOptions {
  readonly nowMs: number;
  readonly tolerance: Tolerance;
  /** A person's own. */
  readonly schemes: readonly Scheme[];
  /** What a person expects, whoever the provider is; undefined: the provider's own schedule. */
  readonly expected?: WrittenSchedule | undefined;
}

export interface ComparedGroup {
  readonly group: RetryGroup;
  readonly comparison: Comparison;
  /** What it was held against; undefined: no schedule is known. */
  readonly against?: WrittenSchedule | undefined;
  /** The provider's own, whatever it was held against; undefined: none is known. */
  readonly provided?: NamedSchedule | undefined;
}

/** Headers that only Hookdeck adds to what it passes on. */
const RELAY_HEADER = /^x-hookdeck-/i;

/** Holds the attempts of a group against what a person expects, else against their provider's schedule. */
export function compareGroup(group: RetryGroup, options: CompareGroupOptions): ComparedGroup {
  const provided = providedSchedule(group, options.schemes);
  const against: WrittenSchedule | undefined = options.expected ?? (provided && { kind: "named", schedule: provided });
  const seen = group.attempts.map((attempt) => seenAttempt(attempt, provided?.headers));
  const relay = options.expected ? undefined : relayOf(group);
  if (relay !== undefined) return { group, provided, comparison: compareWithoutSchedule(seen, relay) };
  if (!against) return { group, comparison: compareWithoutSchedule(seen, whyNone(group)) };
  const firstAtMs = firstTime(group, provided);
  const { nowMs, tolerance } = options;
  return {
    group,
    against,
    provided,
    comparison: compareAttempts(seen, expectedOf(against, provided), { nowMs, tolerance, firstAtMs }),
  };
}

/** Delays of one's own say nothing about statuses and patience: there the provider's count. */
function expectedOf(against: WrittenSchedule, provided: NamedSchedule | undefined): Expected {
  if (against.kind === "named") return against.schedule;
  const { accepts, stopsOn, timeoutMs } = provided ?? {};
  return {
    retries: { kind: "delays", schedule: against.schedule },
    ...(accepts ? { accepts } : {}),
    ...(stopsOn ? { stopsOn } : {}),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

function providedSchedule({ scheme, provider }: RetryGroup, own: readonly Scheme[]): NamedSchedule | undefined {
  const names = [scheme, provider].flatMap((name) =>
    name === undefined ? [] : [findScheme(name, own)?.schedule, name],
  );
  return names
    .map((name) => (name === undefined ? undefined : findSchedule(name)))
    .find((found) => found !== undefined);
}

function whyNone({ provider }: RetryGroup): string {
  return provider === undefined
    ? "nobody can tell who sent it, so its schedule is not known"
    : `hookcli knows no schedule of ${provider}`;
}

function relayOf({ attempts, provider }: RetryGroup): string | undefined {
  const isRelayed = attempts.some(({ request }) =>
    [...headerFields(request.headers)].some(([name]) => RELAY_HEADER.test(name)),
  );
  if (!isRelayed || provider === "hookdeck") return undefined;
  return "Hookdeck stands in between: it has accepted the event itself, and sends it on by rules of its own";
}

/** When the provider says that it made the first attempt. */
function firstTime({ attempts }: RetryGroup, provided: NamedSchedule | undefined): number | undefined {
  const name = provided?.headers?.firstAt;
  const [first] = attempts;
  const atMs = name === undefined || !first ? Number.NaN : Date.parse(headerValue(first.request.headers, name) ?? "");
  return Number.isNaN(atMs) ? undefined : atMs;
}
