import type { Socket } from "node:net";
import type { Clock } from "../../core/model/clock.ts";

export interface FirstBytesOptions {
  readonly clock: Clock;
  /** How long a connection may say nothing at all. */
  readonly silentForMs: number;
  /** More arrives than can be dealt with. */
  readonly isBusy: () => boolean;
  /** Takes the connection over, the first bytes already read. What it adds to the socket sees them again. */
  readonly onFirst: (socket: Socket, first: Buffer) => void;
  /** The connection said nothing for too long. */
  readonly onSilent: (socket: Socket) => void;
}

interface Waiting {
  readonly sinceMs: number;
  readonly letGo: () => void;
}

/** Connections whose first bytes are read in one turn of the event loop: each takes 64 KiB for them. */
const MOST_A_TURN = 4;
/** The same while more arrives than can be dealt with. */
const BUSY_A_TURN = 1;

/** New connections until their first bytes are there: these tell how the connection is best read. */
export class FirstBytes {
  readonly #options: FirstBytesOptions;
  /** Since when, oldest first. */
  readonly #waiting = new Map<Socket, Waiting>();
  readonly #unread: Socket[] = [];
  #isTurn = false;

  constructor(options: FirstBytesOptions) {
    this.#options = options;
  }

  /** @param socket paused since it was accepted */
  waitFor(socket: Socket): void {
    const end = (): void => void socket.destroy();
    const take = (first: Buffer): void => {
      letGo();
      socket.pause();
      socket.unshift(first);
      this.#options.onFirst(socket, first);
      socket.resume();
    };
    const letGo = (): void => {
      this.#waiting.delete(socket);
      socket.off("close", letGo);
      socket.off("end", end);
      socket.off("data", take);
    };
    this.#waiting.set(socket, { sinceMs: this.#options.clock.monotonicMs(), letGo });
    // Until an HTTP server listens too, a reset must not count as an error that nobody handles.
    socket.on("error", () => undefined);
    socket.on("close", letGo);
    socket.on("end", end);
    socket.on("data", take);
    this.#unread.push(socket);
    if (this.#isTurn) return;
    this.#isTurn = true;
    this.#readSome();
  }

  /** What has come in one turn of the event loop is dealt with before more is read. */
  readonly #readSome = (): void => {
    if (this.#unread.length === 0) {
      this.#isTurn = false;
      return;
    }
    const many = this.#options.isBusy() ? BUSY_A_TURN : MOST_A_TURN;
    for (const socket of this.#unread.splice(0, many)) if (!socket.destroyed) socket.resume();
    setImmediate(this.#readSome);
  };

  /** Gives up connections that are silent for too long. */
  sweep(): void {
    const since = this.#options.clock.monotonicMs() - this.#options.silentForMs;
    for (const [socket, { sinceMs, letGo }] of this.#waiting) {
      if (sinceMs > since) return;
      letGo();
      this.#options.onSilent(socket);
    }
  }
}
