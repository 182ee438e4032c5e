import type { Clock } from "../../core/model/clock.ts";
import { Seldom } from "../../core/model/seldom.ts";

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
