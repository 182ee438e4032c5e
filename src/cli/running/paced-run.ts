import { type Pace, sendPaced } from "../../app/delivering/pacing.ts";
import { EXIT, type ExitCode } from "../terminal/exit.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import { keepRunning } from "./keep-running.ts";
import { StopSwitch } from "./stop-switch.ts";

/** Many sends of one command. */
export interface PacedRun<Item> {
  readonly at: Surroundings;
  readonly order: Iterable<Item>;
  readonly pace: Omit<Pace, "clock" | "signal">;
  /** Sends one of them. @param begun to be called when it is on its way, where that takes some time */
  readonly send: (item: Item, begun: () => void) => Promise<void>;
  /** Where they are in a random order: by which seed. */
  readonly seed: number | undefined;
  /** Tells a person something beside the lines. */
  readonly note: (text: string) => void;
  /** Called when all that were started have ended, also where one of them failed: waits for what is still to be told of them. */
  readonly settled?: () => Promise<void>;
  /** Called when all have ended, and none has failed. */
  readonly finished: () => Promise<ExitCode>;
  /** Called at the end, however it came. */
  readonly summary: () => void;
}

/**
 * Sends one after the other until all have ended, or somebody stops it: the first Ctrl-C starts no more, the second one ends.
 * @throws what the first failing send rejected with, and what `finished` throws
 */
export async function runPaced<Item>(run: PacedRun<Item>): Promise<ExitCode> {
  const { at, order, pace, send, seed, note } = run;
  if (seed !== undefined) note(`shuffled; again in this order: --seed ${seed}`);
  const stop = new StopSwitch(at, note);
  try {
    const whole = { ...pace, clock: at.clock, signal: stop.signal };
    const ended = keepRunning(async () => {
      try {
        await sendPaced(order, whole, async (item, begun) => stop.during(send(item, begun)));
      } finally {
        await run.settled?.();
      }
    });
    ended.catch(() => undefined);
    const first = await Promise.race([ended, stop.forced]);
    return first === undefined ? await run.finished() : first.code;
  } finally {
    run.summary();
    stop.end();
  }
}

/** What many sends come to. */
export class Outcomes {
  #hasFailed = false;
  #unanswered: Error | undefined;

  /** @param unanswered set where there was no answer: the first of these is told */
  add(isDelivered: boolean, unanswered: Error | undefined): void {
    if (!isDelivered) this.#hasFailed = true;
    this.#unanswered ??= unanswered;
  }

  /** @throws the first that got no answer */
  exitCode(): ExitCode {
    if (this.#unanswered) throw this.#unanswered;
    return this.#hasFailed ? EXIT.no : EXIT.ok;
  }
}
