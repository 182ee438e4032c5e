import { EMPTY_BODY } from "../../../core/model/body.ts";
import type { EndedAttempt } from "../rows/new-delivery.ts";

const MOST_WRITES = 10_000;
/** Responses that are kept for attempts whose outcome cannot be written. */
const MOST_RESPONSE_BYTES = 4 * 1024 * 1024;

export interface LazyWritesOptions {
  /** Undefined: the store takes writes. */
  readonly trouble: () => Error | undefined;
  /** Writes with the next commit. */
  readonly write: <Result>(run: () => Result) => Promise<Result>;
}

/**
 * Writes that nobody waits for: they ride with others, and one that cannot be made now is kept until the store is well
 * again, since its sender has its reply already. What is kept is bounded.
 */
export class LazyWrites {
  readonly #options: LazyWritesOptions;
  #postponed: (() => unknown)[] = [];
  #responseBytes = 0;

  constructor(options: LazyWritesOptions) {
    this.#options = options;
  }

  /**
   * @param onPostponed told before the write is kept for later
   * @returns undefined where it is kept for later
   */
  async write<Result>(run: () => Result, onPostponed?: () => void): Promise<Result | undefined> {
    const { trouble, write } = this.#options;
    try {
      const now = trouble();
      if (now) throw now;
      return await write(run);
    } catch (error) {
      if (!trouble()) throw error;
      onPostponed?.();
      if (this.#postponed.length < MOST_WRITES) this.#postponed.push(run);
      return undefined;
    }
  }

  /** An attempt that has ended; of one that is kept for later the response may lose its body, where many are large. */
  async writeAttempt<Result>(
    attempt: EndedAttempt,
    write: (attempt: EndedAttempt) => Result,
  ): Promise<Result | undefined> {
    let kept = attempt;
    return this.write(
      () => write(kept),
      () => (kept = this.#slim(kept)),
    );
  }

  /** The store is well again. */
  catchUp(): void {
    const writes = this.#postponed;
    this.#postponed = [];
    this.#responseBytes = 0;
    for (const run of writes) this.write(run).catch(() => undefined);
  }

  #slim(attempt: EndedAttempt): EndedAttempt {
    const { outcome } = attempt;
    if (outcome.kind !== "response" || outcome.response.body.kind === "file") return attempt;
    const { response } = outcome;
    const bytes = outcome.response.body.bytes.length;
    if (this.#responseBytes + bytes > MOST_RESPONSE_BYTES)
      return { ...attempt, outcome: { kind: "response", response: { ...response, body: EMPTY_BODY } } };
    this.#responseBytes += bytes;
    return attempt;
  }
}
