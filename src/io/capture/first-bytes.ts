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

/** New connections until their first bytes are there: these tell how the connection is best read. */
export class FirstBytes {
  readonly #options: FirstBytesOptions;
  /** Since when, oldest first. */
  readonly #waiting = new Map<Socket, number>();

  constructor(options: FirstBytesOptions) {
    this.#options = options;
  }

  waitFor(socket: Socket): void {
    this.#waiting.set(socket, this.#options.clock.monotonicMs());
    const leave = (): void => void this.#waiting.delete(socket);
    const end = (): void => void socket.destroy();
    // Until an HTTP server listens too, a reset must not count as an error that nobody handles.
    socket.on("error", () => undefined);
    socket.once("close", leave);
    socket.once("end", end);
    socket.once("data", (first: Buffer) => {
      leave();
      socket.off("close", leave);
      socket.off("end", end);
      socket.pause();
      socket.unshift(first);
      this.#options.onFirst(socket, first);
      socket.resume();
    });
  }

  /** Gives up connections that are silent for too long. */
  sweep(): void {
    const since = this.#options.clock.monotonicMs() - this.#options.silentForMs;
    for (const [socket, beganMs] of this.#waiting) {
      if (beganMs > since) return;
      this.#waiting.delete(socket);
      this.#options.onSilent(socket);
    }
  }
}
