import type { Clock } from "../../core/model/clock.ts";
import type { HookcliError } from "../../core/model/errors.ts";

/** How a store is opened, and who is told what becomes of it. */
export interface StoreOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Of this process; keeps the names of its body files apart from others'. */
  readonly pid: number;
  /** A listener never blocks its event loop on another process's lock; a command may. */
  readonly busyTimeoutMs: number;
  /** Syncs of the disk and folds of the log are made in other threads: the event loop never waits for the disk. */
  readonly sparesEventLoop?: boolean;
  /** Longest a write waits for another process's lock before it is given up. Default 30 s. */
  readonly busyPatienceMs?: number;
  /** Told when writing becomes impossible, and (with undefined) when it works again. */
  readonly onTrouble?: (trouble: HookcliError | undefined) => void;
  /**
   * Told, in a sentence, that the store's files were taken away and another store is open at the path: it knows no session
   * of this process yet.
   */
  readonly onReopened?: (text: string) => void;
  /** Told, in a sentence, what a person may want to know and is no trouble. */
  readonly onNotice?: (text: string) => void;
}
