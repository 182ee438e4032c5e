import type { Clock } from "../../core/model/clock.ts";
import { Lane } from "./lane.ts";
import { Tally } from "./tally.ts";

/** How fast things are sent. */
export interface Pace {
  /** So many are under way at a time; 1 waits for each. */
  readonly concurrency: number;
  /** Least time between two starts; 0: none. */
  readonly intervalMs: number;
  /** Starts that came late are caught up with, so that over time the rate is kept; else the time between two is. */
  readonly keepsRate?: boolean;
  readonly clock: Clock;
  /** Starts no more when it aborts; what is under way ends as it will. */
  readonly signal: AbortSignal;
}

/** What is late by more is not caught up with: a target that hung must not be flooded. */
const MOST_LATE_MS = 1000;

/**
 * Starts one send after the other, in order. A send that takes some time before it begins may tell when it has: the time
 * to the next one then counts from there. Resolves when all that were started have ended.
 * @throws what the first failing send rejected with, after those under way have ended; none is started after it
 */
export async function sendPaced<Item>(
  all: Iterable<Item>,
  { concurrency, intervalMs, keepsRate = false, clock, signal }: Pace,
  send: (one: Item, begun: () => void) => Promise<void>,
): Promise<void> {
  const lane = new Lane(concurrency);
  const running = new Tally();
  const failures: unknown[] = [];
  let started = 0;
  let nextStartMs = clock.monotonicMs();
  for (const one of all) {
    await lane.enter();
    for (let leftMs = left(); leftMs > 0 && !mustStop(); leftMs = left()) await clock.wait(Math.ceil(leftMs), signal);
    if (mustStop()) break;
    nextStartMs = nextStart(clock.monotonicMs());
    started += 1;
    running.begin();
    void send(one, begun)
      .catch((error: unknown) => failures.push(error))
      .finally(() => {
        running.end();
        lane.leave();
      });
  }
  await running.idle();
  if (failures.length > 0) throw failures[0];

  function begun(): void {
    if (!keepsRate) nextStartMs = intervalMs + clock.monotonicMs();
  }

  function left(): number {
    return started === 0 ? 0 : nextStartMs - clock.monotonicMs();
  }

  function nextStart(nowMs: number): number {
    return intervalMs + (keepsRate ? Math.max(nextStartMs, nowMs - MOST_LATE_MS) : nowMs);
  }

  function mustStop(): boolean {
    return signal.aborted || failures.length > 0;
  }
}
