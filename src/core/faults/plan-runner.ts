import { createHash } from "node:crypto";
import { readBody } from "../model/body.ts";
import { printFaultNote } from "../model/fault-note.ts";
import { type CapturedRequest, type EventFacts, pathOfTarget } from "../model/request.ts";
import type { Random } from "../model/seeded.ts";
import { type FaultPlan, type FaultScope, type FaultStep, printFault } from "./plan.ts";

export interface PlanRunnerOptions {
  readonly plan: FaultPlan;
  readonly per: FaultScope;
  /** How many of the requests take part, from 0 to 1, by the fall of these dice; undefined: all. */
  readonly chance?: { readonly share: number; readonly random: Random } | undefined;
  /** Whether a request takes part at all; undefined: each does. */
  readonly matches?: ((request: CapturedRequest, event: EventFacts) => boolean) | undefined;
}

/** The step that a request meets. */
export interface MetFault {
  readonly step: FaultStep;
  /** Which of the step's times this is, from 1. */
  readonly time: number;
}

/** Events and paths that are remembered at a time. */
const MOST_KEYS = 10_000;

/** Of a longer one its hash is kept. */
const MOST_KEY_CHARACTERS = 100;

/** Leads requests through a plan. The same requests in the same order meet the same faults. */
export class PlanRunner {
  readonly #options: PlanRunnerOptions;
  readonly #counts = new RecentCounts(MOST_KEYS);

  constructor(options: PlanRunnerOptions) {
    this.#options = options;
  }

  /**
   * The fault that this request meets, and counts it; undefined: none. It decides at once unless it has to hash a body
   * that lies in a file.
   * @throws BODY_FILE_MISSING
   */
  async meet(request: CapturedRequest, event: EventFacts): Promise<MetFault | undefined> {
    const { plan, per, chance, matches } = this.#options;
    if (matches && !matches(request, event)) return undefined;
    if (chance && chance.random() >= chance.share) return undefined;
    const key = keyOf(request, event, per);
    const met = stepAt(plan, this.#counts.count(short(typeof key === "string" ? key : await key)));
    return met?.step.fault === "ok" ? undefined : met;
  }
}

/** What the record of a request says of the fault that it met: `fault: after:reset (1 of 2)`. */
export function faultNote({ step, time }: MetFault, isSenderGone = false): string {
  const { times = 1 } = step;
  return printFaultNote({ written: printFault(step), count: times > 1 ? { time, times } : undefined, isSenderGone });
}

/** Undefined: the plan is used up. */
function stepAt(plan: FaultPlan, before: number): MetFault | undefined {
  let left = before;
  for (const step of plan) {
    if (step.times === undefined || left < step.times) return { step, time: left + 1 };
    left -= step.times;
  }
  return undefined;
}

function keyOf({ target, body }: CapturedRequest, event: EventFacts, per: FaultScope): string | Promise<string> {
  switch (per) {
    case "all":
      return "";
    case "path":
      return pathOfTarget(target) ?? target;
    case "event":
      if (event.eventId !== undefined) return `${event.provider ?? ""}\n${event.eventId}`;
      return body.kind === "bytes" ? hashOf(body.bytes) : hashOfFile(body);
    default:
      return per satisfies never;
  }
}

/** So many keys are remembered that a sender with long paths could fill the memory with them. */
function short(key: string): string {
  return key.length <= MOST_KEY_CHARACTERS ? key : hashOf(Buffer.from(key));
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

async function hashOfFile(body: CapturedRequest["body"]): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of readBody(body)) hash.update(chunk);
  return hash.digest("base64");
}

/** Counts by key, of the keys that were used last; one that is forgotten begins anew. */
export class RecentCounts {
  readonly #counts = new Map<string, number>();
  readonly #mostKeys: number;

  constructor(mostKeys: number) {
    this.#mostKeys = mostKeys;
  }

  /** How often this key was counted before, this time not included. */
  count(key: string): number {
    const before = this.#counts.get(key) ?? 0;
    // A Map keeps the order of insertion: deleted and set again, the key is the newest.
    this.#counts.delete(key);
    this.#counts.set(key, before + 1);
    if (this.#counts.size > this.#mostKeys) {
      for (const [oldest] of this.#counts) {
        this.#counts.delete(oldest);
        break;
      }
    }
    return before;
  }
}
