import { HookcliError } from "../../../core/model/errors.ts";
import { failureCode, sqliteFailure } from "../../sqlite/failure.ts";
import type { Ballast } from "./ballast.ts";

export interface HealthOptions {
  readonly path: string;
  /** How long a write had waited when its lock counts as busy. */
  readonly busyPatienceMs: number;
  readonly ballast: Ballast;
  /** Folds the write-ahead log into the database, which may free room. May throw. */
  readonly checkpoint: () => void;
  /** Writes something harmless in a transaction. Throws while writing is impossible. */
  readonly probe: () => void;
  /** Looks for a sound store at the path, where the files of the one that was open are not in their place. True: it is open. */
  readonly reopen?: () => Promise<boolean>;
  /** Told once when writing becomes impossible (with the error), and once when it works again (with undefined). */
  readonly onChange: (trouble: HookcliError | undefined) => void;
}

const PROBE_INTERVAL_MS = 500;

/**
 * Whether the store can be written. In trouble nothing is tried but one harmless write every half second; the first that
 * works ends the trouble. A damaged file is never written again, nor one that is not in its place: there the trouble ends
 * when another one is open.
 */
export class Health {
  readonly #options: HealthOptions;
  #trouble: HookcliError | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /** Undefined: all is well. */
  get trouble(): HookcliError | undefined {
    return this.#trouble;
  }

  /** A write failed. Returns what that means for a person; mistakes of ours come back as they are. */
  report(error: unknown): unknown {
    if (error instanceof HookcliError) return error;
    const { path, busyPatienceMs } = this.#options;
    const reason = failureCode(error);
    const systemCode = (error as NodeJS.ErrnoException | undefined)?.code;
    const kind = systemCode === "ENOSPC" || systemCode === "EDQUOT" ? "full" : sqliteFailure(error);
    switch (kind) {
      case "busy":
        return new HookcliError("STORE_BUSY", { path, seconds: busyPatienceMs / 1000 }, { cause: error });
      case "full":
        this.#options.ballast.release();
        return this.#enter(new HookcliError("STORE_FULL", { path }, { cause: error }));
      case "corrupt":
        return this.#enter(new HookcliError("STORE_CORRUPT", { path, reason }, { cause: error }));
      case "unwritable":
        return this.#enter(new HookcliError("STORE_UNWRITABLE", { path, reason }, { cause: error }));
      case "bug":
        if (systemCode?.startsWith("E") !== true) return error;
        return this.#enter(new HookcliError("STORE_UNWRITABLE", { path, reason: systemCode }, { cause: error }));
    }
  }

  /** The files are not where they belong, or (in this trouble) what is there now is of no use. Stands above any other. */
  leave(moved: HookcliError): HookcliError {
    if (this.#trouble?.code === moved.code && this.#trouble.message === moved.message) return this.#trouble;
    const wasMoved = this.#trouble?.code === "STORE_MOVED";
    this.#trouble = moved;
    if (!wasMoved) this.#lookAgain();
    this.#options.onChange(moved);
    return moved;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #enter(trouble: HookcliError): HookcliError {
    const now = this.#trouble;
    if (now && (now.code === trouble.code || now.code === "STORE_CORRUPT" || now.code === "STORE_MOVED")) return now;
    this.#trouble = trouble;
    if (trouble.code === "STORE_CORRUPT") clearTimeout(this.#timer);
    else this.#lookAgain();
    this.#options.onChange(trouble);
    return trouble;
  }

  #lookAgain(): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(this.#probe, PROBE_INTERVAL_MS).unref();
  }

  readonly #probe = (): void => {
    if (this.#trouble?.code === "STORE_MOVED") return void this.#probePlace();
    try {
      if (this.#trouble?.code === "STORE_FULL") {
        this.#options.checkpoint();
        if (!this.#options.ballast.take()) throw new Error("still full");
      }
      this.#options.probe();
    } catch (error) {
      const failure = sqliteFailure(error);
      if (failure === "corrupt") return void this.report(error);
      if (failure === "full") this.#options.ballast.release();
      return this.#lookAgain();
    }
    this.#end();
  };

  async #probePlace(): Promise<void> {
    if ((await this.#options.reopen?.()) === true) this.#end();
    else this.#lookAgain();
  }

  #end(): void {
    this.#trouble = undefined;
    this.#options.onChange(undefined);
  }
}
