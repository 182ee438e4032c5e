import type { Clock } from "../../core/model/clock.ts";
import { followStore } from "../../io/store/follow-store.ts";
import type { Store } from "../../io/store/store.ts";

export interface WatchContext<Answer> {
  readonly store: Store;
  readonly clock: Clock;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Asks the store. */
  readonly read: () => Promise<Answer>;
  /** When the last answer is no longer true though nobody has written: time alone may change it. Undefined: never. */
  readonly dueMs: (answer: Answer) => number | undefined;
}

const LOOK_EVERY_MS = 100;

/** The answer to one question: at once, and again whenever another process has written to the store, or time is up. */
export async function* watchStore<Answer>(context: WatchContext<Answer>): AsyncGenerator<Answer, void, undefined> {
  const { store, clock, signal, read, dueMs } = context;
  let dueAtMs = Infinity;
  const isDue = (): boolean => {
    // Another file at the path is another store: nothing would ever happen in this one.
    store.look();
    return clock.nowMs() > dueAtMs;
  };
  const tell = async function* (): AsyncGenerator<Answer> {
    const answer = await read();
    dueAtMs = dueMs(answer) ?? Infinity;
    yield answer;
  };
  yield* followStore({ store, clock, signal, everyMs: LOOK_EVERY_MS, tell, isDue });
}
