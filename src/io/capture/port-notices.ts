import type { Clock } from "../../core/model/clock.ts";

export interface SeldomOptions {
  readonly clock: Clock;
  /** How long it is quiet after each time. */
  readonly everyMs: number;
  /** @param count how often it has happened since it was said last, this time included */
  readonly say: (count: number) => void;
}

/** Says what may happen very often: the first time at once, then with a count, and never in quick succession. */
export class Seldom {
  readonly #options: SeldomOptions;
  #saidMs = -Infinity;
  #count = 0;

  constructor(options: SeldomOptions) {
    this.#options = options;
  }

  happened(): void {
    this.#count += 1;
    this.look();
  }

  /** Says what was kept back, once its time has come. Called now and then by whoever sweeps. */
  look(): void {
    const { clock, everyMs, say } = this.#options;
    if (this.#count === 0 || clock.monotonicMs() - this.#saidMs < everyMs) return;
    const count = this.#count;
    this.#saidMs = clock.monotonicMs();
    this.#count = 0;
    say(count);
  }
}

/** Told of what a person should know. */
export type OnNotice = (code: string, text: string) => void;

/** A port under attack has nothing new to say more often than this. */
const QUIET_MS = 10_000;

const TEXTS = {
  PORT_FULL: "all connections were taken: the slowest one was closed to let another one in",
  PORT_TAKEN: "all connections are taken, each by a request that waits for its reply: another one was not let in",
  TOO_MANY_WAITING:
    "more requests wait for their replies than memory has room for: one was answered 503 and is not stored",
  REPLY_NOT_READ: "a sender did not read its reply: its connection was closed",
  NO_DESCRIPTORS: "the system has no file descriptor left for another connection (ulimit -n)",
} as const;

export type PortNotice = keyof typeof TEXTS;

/** What the capture port has to say about its limits: each thing at once, and after that seldom, with how often it was. */
export class PortNotices {
  readonly #kinds: ReadonlyMap<PortNotice, Seldom>;

  constructor(clock: Clock, onNotice: OnNotice = () => undefined) {
    const kindOf = (code: PortNotice): Seldom =>
      new Seldom({
        clock,
        everyMs: QUIET_MS,
        say: (count) => onNotice(code, count === 1 ? TEXTS[code] : `${TEXTS[code]} (${count} times)`),
      });
    this.#kinds = new Map((Object.keys(TEXTS) as PortNotice[]).map((code) => [code, kindOf(code)]));
  }

  happened(code: PortNotice): void {
    this.#kinds.get(code)?.happened();
  }

  /** Says what was kept back, once its time has come. */
  look(): void {
    for (const kind of this.#kinds.values()) kind.look();
  }
}
