import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { type FoldMode, logGauge } from "./fold-log.ts";
import type { PlaceGuard } from "./place-guard.ts";
import type { OpenFiles } from "./place-watch.ts";
import type { Database } from "./database.ts";

/** To the folding thread. */
export interface FoldOrder {
  readonly mode: FoldMode;
  /** What has to be at the path; undefined: whatever is there. */
  readonly files?: OpenFiles | undefined;
}

/** And back. */
export interface FoldAnswer {
  /** In the log and not yet in the database; Infinity: it could not be told. */
  readonly leftPages: number;
}

export interface LogFolderOptions {
  readonly db: Database;
  readonly path: string;
  /** Lets no commit of this process begin while `work` is under way. */
  readonly pauseCommits: (work: Promise<unknown>) => void;
  /** Tells which files may be folded, and whether. Undefined: whatever is at the path. */
  readonly guard?: Pick<PlaceGuard, "beginFold" | "foldEnded"> | undefined;
}

/** The log is folded when it has so many new pages (16 MB); what came meanwhile is folded again, in so many rounds. */
const FOLDING_PAGES = 4000;
const MOST_ROUNDS = 4;
/** The log's length is asked for after so many commits. */
const LOOKED_AT_EVERY = 16;
/** So few that commits may wait while they are folded. */
const FEW_PAGES = 256;

/**
 * Folds the log of a connection in a thread of its own: a fold waits for the disk, for some 10 ms and now and then for some
 * 100. Only with the last few pages commits wait, because the log begins anew when all of it is folded, and not before.
 * Closed by whoever made it.
 */
export class LogFolder {
  readonly #options: LogFolderOptions;
  readonly #answers: ((answer: FoldAnswer) => void)[] = [];
  readonly #unfoldedPages: () => number;
  #worker: Worker | undefined;
  #isFolding = false;
  #commits = 0;
  #isClosed = false;
  #underWay = 0;
  /** The next fold is due with so many pages. */
  #dueAtPages = FOLDING_PAGES;

  /** Starts no thread before the first fold. From now on SQLite does not fold by itself. */
  constructor(options: LogFolderOptions) {
    this.#options = options;
    options.db.pragma("wal_autocheckpoint = 0");
    this.#unfoldedPages = logGauge(options.db);
  }

  /** Begins a fold where one is due. To be called after each commit. */
  look(): void {
    this.#commits += 1;
    if (this.#isClosed || this.#isFolding || this.#commits % LOOKED_AT_EVERY > 0) return;
    if (this.#unfoldedPages() < this.#dueAtPages) return;
    this.#isFolding = true;
    void this.#foldWhole().finally(() => (this.#isFolding = false));
  }

  /** Resolves with the pages that are left: some reader still needs them, the disk has no room, or they are new. Never rejects. */
  async fold(mode: FoldMode): Promise<number> {
    const { guard } = this.#options;
    const files = guard?.beginFold();
    if (guard && !files) return Infinity;
    this.#underWay += 1;
    try {
      return await this.#order({ mode, files });
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) guard?.foldEnded();
    }
  }

  async #order(order: FoldOrder): Promise<number> {
    const worker = (this.#worker ??= this.#start());
    const { leftPages } = await new Promise<FoldAnswer>((resolve) => {
      this.#answers.push(resolve);
      worker.postMessage(order);
    });
    return leftPages;
  }

  /** Resolves when the thread has ended: a fold that is under way is ended before. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
    this.#answerAll();
  }

  async #foldWhole(): Promise<void> {
    let leftPages = await this.fold("PASSIVE");
    for (let round = 1; round < MOST_ROUNDS && leftPages > FEW_PAGES / 4; round += 1)
      leftPages = await this.fold("PASSIVE");
    if (leftPages <= FEW_PAGES) {
      const folding = this.fold("FULL");
      this.#options.pauseCommits(folding);
      leftPages = await folding;
    }
    this.#dueAtPages = FOLDING_PAGES + (Number.isFinite(leftPages) ? leftPages : 0);
  }

  #start(): Worker {
    const worker = new Worker(workerUrl(), { workerData: this.#options.path });
    worker.unref();
    worker.on("message", (answer: FoldAnswer) => this.#answers.shift()?.(answer));
    worker.on("error", () => {
      // Without the thread SQLite folds by itself, within the commit that makes the log that long.
      this.#options.db.pragma(`wal_autocheckpoint = ${FOLDING_PAGES}`);
      this.#worker = undefined;
      this.#answerAll();
    });
    return worker;
  }

  #answerAll(): void {
    for (const answer of this.#answers.splice(0)) answer({ leftPages: Infinity });
  }
}

/** Beside this file, in the source as well as in the bundle. */
function workerUrl(): URL {
  return new URL(`./fold-worker${extname(import.meta.url)}`, import.meta.url);
}
