import type { Clock } from "../../core/model/clock.ts";
import { sqliteFailure } from "./failure.ts";
import type { Database, Statement } from "./database.ts";

export interface GroupCommitOptions {
  /** How long a write that nobody waits for may ride along before it gets a commit of its own. */
  readonly lazyDelayMs: number;
  /** How long writes wait for another process's lock before they are given up. */
  readonly busyPatienceMs: number;
  /** Tells how long a write has waited. */
  readonly clock: Pick<Clock, "monotonicMs">;
  /** Turns a failure into what the writes are rejected with. Called once for each time that a transaction failed. */
  readonly explain: (error: unknown) => unknown;
  /** Makes durable what is committed, where COMMIT alone does not. Nothing is committed while it is under way. */
  readonly sync?: () => Promise<void>;
  /** Told after each commit. */
  readonly onCommitted?: () => void;
}

/** For how many turns of the event loop a commit may wait while each of them brings more. */
const MAX_TURNS = 4;

interface Write {
  readonly run: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly queuedAtMs: number;
  result?: unknown;
}

/**
 * One transaction for everything that is written in one turn of the event loop, and in the few after it that bring more,
 * so that many requests share one sync of the disk. A write is resolved only when its commit is durable. Order of calls is
 * order of writes.
 */
export class GroupCommit {
  readonly #begin: Statement<[]>;
  readonly #commit: Statement<[]>;
  readonly #rollback: Statement<[]>;
  readonly #options: GroupCommitOptions;
  #queue: Write[] = [];
  #flushDue = false;
  /** Turns that the next commit has waited, and the length of the queue at the end of the last one. */
  #turns = 0;
  #lengthBefore = 0;
  #timer: NodeJS.Timeout | undefined;
  /** What has to be over before the next commit. */
  #pauses = 0;
  /** A commit came due in a pause. */
  #isOverdue = false;
  #closed = false;
  #abandonedFor: unknown;

  constructor(db: Database, options: GroupCommitOptions) {
    this.#begin = db.prepare("BEGIN IMMEDIATE");
    this.#commit = db.prepare("COMMIT");
    this.#rollback = db.prepare("ROLLBACK");
    this.#options = options;
  }

  /**
   * Commits at the end of this turn of the event loop, or a few turns later under load. `run` may be called more than
   * once, until it is committed.
   */
  write<Result>(run: () => Result): Promise<Result> {
    const written = this.#enqueue(run);
    if (!this.#flushDue) {
      this.#flushDue = true;
      this.#turns = 0;
      this.#lengthBefore = 0;
      setImmediate(this.#flushWhenQuiet);
    }
    return written;
  }

  /** Commits with the next write, or by itself after `lazyDelayMs`. */
  writeLazily<Result>(run: () => Result): Promise<Result> {
    const written = this.#enqueue(run);
    if (!this.#flushDue) this.#timer ??= setTimeout(this.#flush, this.#options.lazyDelayMs);
    return written;
  }

  /** Nothing is committed while `work` is under way; what is written meanwhile is committed after it. */
  async pauseFor(work: Promise<unknown>): Promise<void> {
    this.#pauses += 1;
    await work.catch(() => undefined);
    this.#pauses -= 1;
    if (this.#pauses > 0 || !this.#isOverdue) return;
    this.#isOverdue = false;
    this.#flush();
  }

  /**
   * Commits what is queued, waiting for another process's lock if it must. Later writes are rejected.
   * Blocks the thread: for the end of a process only. COMMIT alone must be durable by now.
   */
  close(): void {
    this.#closed = true;
    while (this.#queue.length > 0) {
      this.#flush();
      if (this.#queue.length > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
    clearTimeout(this.#timer);
  }

  /** What is queued, and what comes later, is rejected with this: nothing is written any more. */
  abandon(reason: unknown): void {
    this.#abandonedFor = reason;
    clearTimeout(this.#timer);
    for (const { reject } of this.#queue.splice(0)) reject(reason);
  }

  #enqueue<Result>(run: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (this.#abandonedFor !== undefined) return reject(this.#abandonedFor);
      if (this.#closed) return reject(new Error("the store is closed"));
      const queuedAtMs = this.#options.clock.monotonicMs();
      this.#queue.push({ run, resolve: resolve as (result: unknown) => void, reject, queuedAtMs });
    });
  }

  readonly #flushWhenQuiet = (): void => {
    const { length } = this.#queue;
    const hasGrown = length > this.#lengthBefore;
    this.#lengthBefore = length;
    this.#turns += 1;
    if (hasGrown && this.#turns < MAX_TURNS) setImmediate(this.#flushWhenQuiet);
    else this.#flush();
  };

  readonly #flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pauses > 0 && !this.#closed) {
      this.#isOverdue = true;
      return;
    }
    this.#flushDue = false;
    const writes = this.#queue;
    if (writes.length === 0) return;
    this.#queue = [];
    try {
      this.#runInTransaction(writes);
    } catch (error) {
      this.#recover(writes, error);
      return;
    }
    this.#settle(writes);
  };

  #runInTransaction(writes: readonly Write[]): void {
    this.#begin.run();
    try {
      for (const write of writes) write.result = write.run();
      this.#commit.run();
    } catch (error) {
      // SQLite has already rolled back by itself on some errors (a full disk); a second ROLLBACK then fails, harmlessly.
      try {
        this.#rollback.run();
      } catch {}
      throw error;
    }
  }

  #settle(writes: readonly Write[]): void {
    const { sync, onCommitted } = this.#options;
    if (!sync || this.#closed) this.#resolve(writes);
    else void this.pauseFor(this.#resolveAfter(sync(), writes));
    onCommitted?.();
  }

  async #resolveAfter(synced: Promise<void>, writes: readonly Write[]): Promise<void> {
    try {
      await synced;
      this.#resolve(writes);
    } catch (error) {
      this.#reject(writes, error);
    }
  }

  #resolve(writes: readonly Write[]): void {
    for (const write of writes) write.resolve(write.result);
  }

  #recover(writes: Write[], error: unknown): void {
    const failure = sqliteFailure(error);
    if (failure === "busy") return this.#tryAgainLater(writes, error);
    // A damaged file is not written any more, though a write that misses the damage might succeed.
    if (writes.length === 1 || failure === "corrupt") return this.#reject(writes, error);
    // Each alone, so that one bad write, or one that is too large for a full disk, does not make the others fail too.
    for (const [index, write] of writes.entries()) {
      try {
        this.#runInTransaction([write]);
      } catch (alone) {
        if (sqliteFailure(alone) === "busy") return this.#tryAgainLater(writes.slice(index), alone);
        this.#reject([write], alone);
        continue;
      }
      this.#settle([write]);
    }
  }

  #tryAgainLater(writes: Write[], error: unknown): void {
    const tooOldAtMs = this.#options.clock.monotonicMs() - this.#options.busyPatienceMs;
    const waiting = writes.filter((write) => write.queuedAtMs > tooOldAtMs);
    this.#reject(
      writes.filter((write) => write.queuedAtMs <= tooOldAtMs),
      error,
    );
    this.#queue = [...waiting, ...this.#queue];
    this.#flushDue = true;
    this.#timer = setTimeout(this.#flush, 5 + Math.random() * 20);
  }

  #reject(writes: readonly Write[], error: unknown): void {
    if (writes.length === 0) return;
    const explained = this.#options.explain(error);
    for (const write of writes) write.reject(explained);
  }
}
