import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "../../../core/model/clock.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { type FileMark, isUntouched, markOf } from "../../sqlite/file-mark.ts";
import type { LeftFiles } from "../disk/leave-files.ts";
import type { StoreConnection } from "./store-connection.ts";

/** A store that is open again. */
export interface Reopened {
  readonly connection: StoreConnection;
  /** A sentence for whoever watches: which store it is, and what became of the one before. */
  readonly text: string;
}

export interface ReopenerOptions {
  readonly path: string;
  readonly clock: Clock;
  /** What was open, and how it was left. */
  readonly connection: Pick<StoreConnection, "end" | "close">;
  readonly left: LeftFiles;
  /** Which file that was, as far as it still can be told: on its file system a fresh one may be made. */
  readonly device: bigint;
  /** Opens what is at the path, or makes it. @param onAside told what had to be put aside for it */
  readonly open: (onAside: (log: string) => void) => StoreConnection;
  /** What is wrong with an open store; undefined: it is sound, or too large to be looked through now. */
  readonly damageOf: (connection: StoreConnection) => HookcliError | undefined;
  /** Told each time that another file is there which cannot be used. */
  readonly onRefused: (reason: HookcliError) => void;
}

/** So long nothing, or an empty file, has to be at the path before a fresh store is made: somebody may be at work there. */
const EMPTY_FOR_MS = 2000;

/**
 * Waits for a sound store at the path of one whose files were taken away. A file is opened when it was left alone between two
 * looks. What is there and cannot be used is not touched.
 */
export class Reopener {
  readonly #options: ReopenerOptions;
  #seen: FileMark | undefined;
  #refused: FileMark | undefined;
  #emptySinceMs: number | undefined;
  #isClosed = false;

  constructor(options: ReopenerOptions) {
    this.#options = options;
  }

  /** One look. Undefined: there is nothing to go on with yet. */
  async attempt(): Promise<Reopened | undefined> {
    const { path, connection } = this.#options;
    await connection.end();
    const mark = markOf(path);
    const seen = this.#seen;
    this.#seen = mark;
    const isEmpty = (mark?.sizeBytes ?? 0) === 0;
    if (isEmpty ? !this.#isLongEmpty() : !this.#isLeftAlone(mark, seen)) return undefined;
    if (!isEmpty) this.#emptySinceMs = undefined;
    this.#settle();
    return this.#open(isEmpty);
  }

  #isLeftAlone(mark: FileMark | undefined, seen: FileMark | undefined): boolean {
    this.#emptySinceMs = undefined;
    return isUntouched(mark, seen) && !isUntouched(mark, this.#refused);
  }

  #isLongEmpty(): boolean {
    const { clock, path, device } = this.#options;
    this.#emptySinceMs ??= clock.monotonicMs();
    // Below another file system, one that is not mounted at the moment has its place.
    return clock.monotonicMs() - this.#emptySinceMs >= EMPTY_FOR_MS && deviceBelow(path) === device;
  }

  #settle(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.left.settle();
    this.#options.connection.close();
  }

  #open(isFresh: boolean): Reopened | undefined {
    const { path, open, damageOf, onRefused, left } = this.#options;
    const asides = [left.aside()];
    try {
      const connection = open((log) => asides.push(log));
      const damage = damageOf(connection);
      if (!damage) return { connection, text: textOf(path, isFresh, asides) };
      connection.close();
      throw damage;
    } catch (error) {
      if (!(error instanceof HookcliError)) throw error;
      // Another's lock passes; what the file is does not, before somebody touches it.
      if (error.code !== "STORE_BUSY" && error.code !== "STORE_MOVED") this.#refused = markOf(path);
      if (error.code !== "STORE_BUSY") onRefused(error);
      return undefined;
    }
  }
}

function textOf(path: string, isFresh: boolean, asides: readonly (string | undefined)[]): string {
  const what = isFresh ? `a fresh store was made at ${path}` : `requests go into the store that is at ${path} now`;
  const kept = asides.filter((aside) => aside !== undefined);
  if (kept.length === 0) return what;
  return `${what}; the log of the one before is kept as ${kept.join(" and ")}: give its file the same name without -wal to read both with --db`;
}

/** Of the file system that a path is on, or would be. */
function deviceBelow(path: string): bigint | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) return statSync(folder, { bigint: true }).dev;
    if (folder === dirname(folder)) return undefined;
  }
}
