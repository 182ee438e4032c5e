import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "../../core/model/clock.ts";
import type { Reply } from "../../core/model/reply.ts";

/** Smaller replies are not worth counting. */
const LEAST_COUNTED_BYTES = 4096;
/** What a reply that is still arriving holds at most while it waits for its turn, here and on its way from the target. */
const STREAM_BYTES = 256 * 1024;

/** The replies of one connection that its sender has not taken yet. */
export class WaitingReplies {
  readonly #socket: Socket;
  readonly #clock: Clock;
  /** Of replies behind another one: Node keeps these with their responses. */
  #behindBytes = 0;
  #takenBytes = 0;
  #tookMs: number;

  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    this.#tookMs = clock.monotonicMs();
  }

  /** A reply that may have to wait behind others. */
  count(response: ServerResponse, { body }: Reply): void {
    const bytes = body.kind === "bytes" ? body.bytes.length : STREAM_BYTES;
    if (bytes < LEAST_COUNTED_BYTES) return;
    this.#behindBytes += bytes;
    response.once("close", () => (this.#behindBytes -= bytes));
  }

  /** About what they take in memory. */
  get bytes(): number {
    return this.#socket.destroyed ? 0 : this.#socket.writableLength + this.#behindBytes;
  }

  /**
   * For how long the sender has taken nothing of what is ready for it, as far as it was looked at: to be called now and
   * then.
   */
  stalledForMs(): number {
    const nowMs = this.#clock.monotonicMs();
    const { bytesWritten, writableLength } = this.#socket;
    const takenBytes = bytesWritten - writableLength;
    if (writableLength === 0 || takenBytes !== this.#takenBytes) this.#tookMs = nowMs;
    this.#takenBytes = takenBytes;
    return nowMs - this.#tookMs;
  }
}
