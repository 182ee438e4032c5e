/** How much a search may compute. */
export interface SearchLimits {
  /** Codes or checks of a signature. */
  readonly mostChecks: number;
  /** Bytes that are hashed, in all. */
  readonly mostBytes: number;
}

/** What a person waits for without noticing: well under a second. */
export const SEARCH_LIMITS: SearchLimits = { mostChecks: 2000, mostBytes: 64 * 1024 * 1024 };

/** Counts what a search computes, and stops it at its limits. */
export class SearchBudget {
  readonly #limits: SearchLimits;
  #checks = 0;
  #bytes = 0;
  #stoppedBy: "checks" | "bytes" | undefined;

  constructor(limits: SearchLimits) {
    this.#limits = limits;
  }

  get checks(): number {
    return this.#checks;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The limit that was met; undefined: none yet. */
  get stoppedBy(): "checks" | "bytes" | undefined {
    return this.#stoppedBy;
  }

  /** Pays for one check of so many bytes. False: there is not enough left, now or ever again. */
  take(bytes: number): boolean {
    if (this.#stoppedBy) return false;
    if (this.#checks + 1 > this.#limits.mostChecks) this.#stoppedBy = "checks";
    else if (this.#bytes + bytes > this.#limits.mostBytes) this.#stoppedBy = "bytes";
    if (this.#stoppedBy) return false;
    this.#checks += 1;
    this.#bytes += bytes;
    return true;
  }
}
