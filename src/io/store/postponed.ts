import { EMPTY_BODY } from "../../core/model/body.ts";
import type { EndedAttempt } from "./delivery-rows.ts";

const MOST_WRITES = 10_000;
/** Responses that are kept for attempts whose outcome cannot be written. */
const MOST_RESPONSE_BYTES = 4 * 1024 * 1024;

/** Writes that wait until the store is well again, in bounded memory. */
export class Postponed {
  #writes: (() => void)[] = [];
  #responseBytes = 0;

  add(write: () => void): void {
    if (this.#writes.length < MOST_WRITES) this.#writes.push(write);
  }

  /** What waits of an attempt: where there are too many large responses, all but the body of this one. */
  kept(attempt: EndedAttempt): EndedAttempt {
    const { outcome } = attempt;
    if (outcome.kind !== "response" || outcome.response.body.kind === "file") return attempt;
    const { response } = outcome;
    const bytes = outcome.response.body.bytes.length;
    if (this.#responseBytes + bytes > MOST_RESPONSE_BYTES)
      return { ...attempt, outcome: { kind: "response", response: { ...response, body: EMPTY_BODY } } };
    this.#responseBytes += bytes;
    return attempt;
  }

  /** All that waited, in order; nothing is left here. */
  take(): readonly (() => void)[] {
    const writes = this.#writes;
    this.#writes = [];
    this.#responseBytes = 0;
    return writes;
  }
}
