import type { Socket } from "node:net";
import type { Clock } from "../../core/model/clock.ts";

export interface FirstBytesOptions {
  readonly clock: Clock;
  /** How long a connection may say nothing at all. */
  readonly silentForMs: number;
  /** Takes the connection over, the first bytes already read. What it adds to the socket sees them again. */
  readonly onFirst: (socket: Socket, first: Buffer) => void;
  /** The connection said nothing for too long. */
  readonly onSilent: (socket: Socket) => void;
}

interface Waiting {
  readonly sinceMs: number;
  readonly letGo: () => void;
}

/** New connections until their first bytes are there: these tell how the connection is best read. */
export class FirstBytes {
  readonly #options: FirstBytesOptions;
  /** Since when, oldest first. */
  readonly #waiting = new Map<Socket, Waiting>();

  constructor(options: FirstBytesOptions) {
    this.#options = options;
  }

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
  }

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
