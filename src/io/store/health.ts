import { HookcliError } from "../../core/model/errors.ts";
import { failureCode, sqliteFailure } from "../sqlite/failure.ts";
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
  /** Told once when writing becomes impossible (with the error), and once when it works again (with undefined). */
  readonly onChange: (trouble: HookcliError | undefined) => void;
}

const PROBE_INTERVAL_MS = 500;

/**
 * Whether the store can be written. In trouble nothing is tried but one harmless write every half second; the first that
 * works ends the trouble. A damaged file is never written again.
 */
export class Health {
  readonly #options: HealthOptions;
  #trouble: HookcliError | undefined;
  #timer: NodeJS.Timeout | undefined;

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

  close(): void {
    clearTimeout(this.#timer);
  }

  #enter(trouble: HookcliError): HookcliError {
    if (this.#trouble?.code === trouble.code || this.#trouble?.code === "STORE_CORRUPT") return this.#trouble;
    this.#trouble = trouble;
    clearTimeout(this.#timer);
    if (trouble.code !== "STORE_CORRUPT") this.#timer = setTimeout(this.#probe, PROBE_INTERVAL_MS).unref();
    this.#options.onChange(trouble);
    return trouble;
  }

  readonly #probe = (): void => {
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
      this.#timer = setTimeout(this.#probe, PROBE_INTERVAL_MS).unref();
      return;
    }
    this.#trouble = undefined;
    this.#options.onChange(undefined);
  };
}
