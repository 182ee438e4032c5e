import type { Outcome } from "../../core/model/delivery.ts";
import type { Reply } from "../../core/model/reply.ts";
import type { EndedExchange, Exchange } from "../../io/delivery/exchange.ts";

/** How the last try ended. */
export interface EndedTries {
  /** Of the attempt that counts: the first one, or the one after it where that met a connection that the target was closing. */
  readonly number: number;
  readonly outcome: Outcome;
  readonly durationMs: number;
}

/**
 * What one delivery does on the wire: one exchange, and a second one over a connection of its own where the first was lost
 * to a kept connection that the target was just closing, and may be repeated. A second loss is the target's answer.
 */
export class Tries {
  readonly #first: Exchange;
  readonly #number: number;
  readonly #last: Promise<Exchange>;

  /**
   * @param number of the attempt that the first exchange is
   * @param again starts the second exchange; undefined: it is not to be. It is asked at most once.
   */
  constructor(first: Exchange, number: number, again: (lost: EndedExchange) => Promise<Exchange | undefined>) {
    this.#first = first;
    this.#number = number;
    this.#last = first.ended.then(async (ended) => {
      const second = ended.mayRepeat ? await again(ended) : undefined;
      return second ?? first;
    });
    // Those who wait for `ended` get a failure; until they do, it must not count as one that nobody handles.
    this.#last.catch(() => undefined);
  }

  /** As `Exchange.reply`: the response as soon as it can be passed on. */
  get reply(): Promise<Reply | undefined> {
    return this.#reply();
  }

  get ended(): Promise<EndedTries> {
    return this.#ended();
  }

  /** The response is stored: it is not kept in memory for that any more. */
  giveBack(): void {
    this.#first.giveBack();
    void this.#last.then((last) => last.giveBack());
  }

  async #reply(): Promise<Reply | undefined> {
    const reply = await this.#first.reply;
    if (reply) return reply;
    const last = await this.#last;
    return last === this.#first ? undefined : last.reply;
  }

  async #ended(): Promise<EndedTries> {
    const last = await this.#last;
    const { outcome, durationMs } = await last.ended;
    return { number: last === this.#first ? this.#number : this.#number + 1, outcome, durationMs };
  }
}
