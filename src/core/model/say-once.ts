const MOST_KINDS = 20;

/**
 * Says each sentence, or each kind of sentence, once. A sender may cause as many different ones as it likes, so only the
 * first few are said at all.
 */
export class SayOnce {
  readonly #said = new Set<string>();
  readonly #say: (text: string) => void;
  readonly #mostKinds: number;
  #isOver = false;

  /** @param mostKinds Infinity: nobody else can cause them */
  constructor(say: (text: string) => void, mostKinds = MOST_KINDS) {
    this.#say = say;
    this.#mostKinds = mostKinds;
  }

  /** @param kind of several of the same kind the first is said; default: each text is a kind of its own */
  once(text: string, kind = text): void {
    if (this.#isOver || this.#said.has(kind)) return;
    if (this.#said.size >= this.#mostKinds) {
      this.#isOver = true;
      this.#said.clear();
      return this.#say("there are more kinds of this notice than are worth a line; no more of them are shown");
    }
    this.#said.add(kind);
    this.#say(text);
  }
}
