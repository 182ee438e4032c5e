import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { parseReplies, ReplyReader, type WireReply } from "./wire-replies.ts";

/** A sender that writes exactly the bytes it is given and keeps every byte it gets. */
export class RawClient {
  /** Our side of the connection: what the server calls the remote address. */
  readonly localAddress: string;
  readonly #socket: Socket;
  readonly #chunks: Buffer[] = [];
  readonly #replies = new ReplyReader();
  readonly #listeners = new Set<() => void>();
  #isEnded = false;
  #error: NodeJS.ErrnoException | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.localAddress = `${socket.localAddress ?? ""}:${socket.localPort ?? 0}`;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#tell();
    });
    socket.on("error", (error) => (this.#error = error));
    for (const event of ["end", "close"] as const) {
      socket.on(event, () => {
        this.#isEnded = true;
        this.#tell();
      });
    }
  }

  /** Connects. The socket stays half open until `endHalf`, `close` or `reset`. */
  static async connect(port: number, host = "127.0.0.1"): Promise<RawClient> {
    const socket = connect({ port, host, allowHalfOpen: true });
    await once(socket, "connect");
    return new RawClient(socket);
  }

  /** Everything that came so far. */
  get received(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Set where the connection broke: `ECONNRESET`, `EPIPE`. */
  get errorCode(): string | undefined {
    return this.#error?.code;
  }

  /** Resolves when the system has taken the bytes, or the connection is gone. Text is latin-1. */
  async write(bytes: string | Uint8Array): Promise<void> {
    if (this.#socket.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes, () => resolve());
    });
  }

  /** One byte a write. */
  async writeByteByByte(bytes: string | Uint8Array): Promise<void> {
    const all = typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes;
    for (let at = 0; at < all.length; at += 1) await this.write(all.subarray(at, at + 1));
  }

  /** Says that nothing more comes, and goes on reading. */
  endHalf(): void {
    this.#socket.end();
  }

  /** Leaves without a word: both halves are closed. */
  close(): void {
    this.#socket.destroy();
  }

  /** Leaves with a TCP reset. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Reads no more until `resume`. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Resolves when what came matches, or the server has closed. */
  async receivedMatching(pattern: RegExp): Promise<Buffer> {
    await this.#until(() => this.#isEnded || pattern.test(this.received.toString("latin1")));
    return this.received;
  }

  /** Resolves when so many final replies are whole (or the server has closed), with all of them; 1xx count as well. */
  async replies(count: number): Promise<readonly WireReply[]> {
    await this.#until(() => this.#isEnded || this.#replies.read(this.#chunks).length >= count);
    return this.#isEnded ? parseReplies(this.received, true) : [...this.#replies.read(this.#chunks)];
  }

  /** Resolves when the server has closed its half, or the connection broke; with all that came. */
  async ended(): Promise<Buffer> {
    await this.#until(() => this.#isEnded);
    return this.received;
  }

  #until(isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
    });
  }

  #tell(): void {
    for (const look of this.#listeners) look();
  }
}
