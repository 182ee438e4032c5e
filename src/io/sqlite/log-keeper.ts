import type { FoldMode } from "./fold-log.ts";
import type { GroupCommit, GroupCommitOptions } from "./group-commit.ts";
import { LogFolder } from "./log-folder.ts";
import { LogSync } from "./log-sync.ts";
import type { Database } from "./open.ts";

/** Syncs and folds the log of one connection beside its event loop, which never waits for the disk. Closed by whoever made it. */
export class LogKeeper {
  /** How the commits of this connection are made. */
  readonly committing: Required<Pick<GroupCommitOptions, "sync" | "onCommitted">>;
  readonly #sync: LogSync;
  readonly #folder: LogFolder;

  /** @param commits asked for when a fold begins */
  constructor(db: Database, path: string, commits: () => GroupCommit) {
    this.#sync = new LogSync({ db, path });
    this.#folder = new LogFolder({ db, path, pauseCommits: (work) => void commits().pauseFor(work) });
    this.committing = { sync: async () => this.sync(), onCommitted: () => this.#folder.look() };
  }

  /**
   * Resolves when everything that is committed is durable.
   * @throws the system's error, SQLite's error
   */
  async sync(): Promise<void> {
    return this.#sync.sync();
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
