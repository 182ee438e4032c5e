import type { Clock } from "../../core/model/clock.ts";
import { HookcliError } from "../../core/model/errors.ts";
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

const POLL_INTERVAL_MS = 100;

/** The answer to one question: at once, and again whenever another process has written to the store, or time is up. */
export async function* watchStore<Answer>(context: WatchContext<Answer>): AsyncGenerator<Answer, void, undefined> {
  const { store, clock, signal, read, dueMs } = context;
  let mark: number | undefined;
  let dueAtMs = Infinity;
  while (!signal.aborted) {
    try {
      // Another file at the path is another store: nothing would ever happen in this one.
      store.look();
      // The order matters: what is committed after this line is looked at next time.
      const markNow = store.read.foreignWriteMark();
      if (markNow !== mark || clock.nowMs() > dueAtMs) {
        const answer = await read();
        mark = markNow;
        dueAtMs = dueMs(answer) ?? Infinity;
        yield answer;
      }
    } catch (error) {
      // Another process that opens or mends the store holds it for a moment.
      if (!(error instanceof HookcliError) || error.code !== "STORE_BUSY") throw error;
    }
    await clock.wait(POLL_INTERVAL_MS, signal);
  }
}
