import type { FoldMode } from "./fold-log.ts";
import type { GroupCommit, GroupCommitOptions } from "./group-commit.ts";
import { LogFolder } from "./log-folder.ts";
import { LogSync } from "./log-sync.ts";
import type { PlaceGuard } from "./place-guard.ts";
import type { Database } from "./database.ts";

export interface LogKeeperOptions {
  readonly db: Database;
  readonly path: string;
  /** Asked for when a fold begins. */
  readonly commits: () => GroupCommit;
  /** Nothing counts as durable that is not in its place. Undefined: nobody looks. */
  readonly guard?: PlaceGuard | undefined;
}

/** Syncs and folds the log of one connection beside its event loop, which never waits for the disk. Closed by whoever made it. */
export class LogKeeper {
  /** How the commits of this connection are made. */
  readonly committing: Required<Pick<GroupCommitOptions, "sync" | "onCommitted">>;
  readonly #sync: LogSync;
  readonly #folder: LogFolder;
  readonly #guard: PlaceGuard | undefined;

  constructor({ db, path, commits, guard }: LogKeeperOptions) {
    this.#guard = guard;
    this.#sync = new LogSync({ db, path, mayFold: () => guard?.isHere() !== false });
    this.#folder = new LogFolder({ db, path, guard, pauseCommits: (work) => void commits().pauseFor(work) });
    this.committing = { sync: async () => this.sync(), onCommitted: () => this.#folder.look() };
  }

  /**
   * Resolves when everything that is committed is durable, in files that are in their place.
   * @throws the system's error, SQLite's error, what the guard throws
   */
  async sync(): Promise<void> {
    await this.#sync.sync();
    const doubt = this.#guard?.vouch();
    if (doubt) await doubt;
  }

  /** Folds the log as far as possible. Never rejects. */
  async fold(mode: FoldMode): Promise<void> {
    await this.#folder.fold(mode);
  }

  /** Resolves when no thread is left. */
  async end(): Promise<void> {
    await this.#folder.close();
  }

  /** From now on COMMIT blocks until it is durable. A fold that is under way ends by itself. */
  close(): void {
    void this.#folder.close();
    this.#sync.close();
  }
}
