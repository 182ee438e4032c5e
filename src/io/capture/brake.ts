import type { Socket } from "node:net";

/** Stops a socket from being read, also one that Node's parser reads natively, whoever asks for more meanwhile. */
export class Brake {
  readonly #socket: Socket;
  readonly #isReleased: () => boolean;
  #holds = 0;
  #isGuarded = false;

  /** @param isReleased true: the socket is read to its end, whoever holds it */
  constructor(socket: Socket, isReleased: () => boolean) {
    this.#socket = socket;
    this.#isReleased = isReleased;
  }

  get isOn(): boolean {
    return this.#holds > 0;
  }

  /** Reads no further, after what was read already, until each `hold` is undone by a `letGo`. */
  hold(): void {
    this.#holds += 1;
    if (this.#holds > 1 || this.#isReleased()) return;
    if (!this.#isGuarded) {
      this.#isGuarded = true;
      this.#socket.on("resume", () => {
        if (this.isOn && !this.#isReleased()) this.#socket.pause();
      });
    }
    this.#socket.pause();
  }

  /** @see hold */
  letGo(): void {
    this.#holds -= 1;
    if (!this.isOn && !this.#socket.destroyed) this.#socket.resume();
  }
}
