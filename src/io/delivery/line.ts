import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { type buildConnector, Client, type Dispatcher } from "undici";

/** What is known about the one connection that a client has at a time. */
export class Line {
  /** Undefined: none has been made yet. */
  socket: Socket | undefined;
  /** Requests that the connection has carried. */
  uses = 0;

  /** @param connect makes the connections */
  wrap(connect: buildConnector.connector): buildConnector.connector {
    return (options, callback) =>
      connect(options, (...outcome) => {
        if (outcome[1]) {
          this.socket = outcome[1];
          this.uses = 0;
        }
        callback(...outcome);
      });
  }
}

/** Who sends something over a line, and wants to know which one it is. */
export interface OnLine extends Dispatcher.DispatchHandler {
  /** Told before anything else; a line may get a new connection until the request starts. */
  onLine(line: Line): void;
}

/** undici's client, which tells each request which connection it gets. */
export class LineClient extends Client {
  readonly #line: Line;

  constructor(origin: string | URL, options: Client.Options & { readonly connect: buildConnector.connector }) {
    const line = new Line();
    super(origin, { ...options, connect: line.wrap(options.connect) });
    this.#line = line;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: OnLine): boolean {
    handler.onLine(this.#line);
    return super.dispatch(options, handler);
  }
}

/**
 * Methods that may be sent twice by themselves.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2
 */
const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/** Watches how much of one request went out, over a line whose connection may have carried others before. */
export class Writing {
  readonly #line: Line;
  /** The connection that the request was written to; undefined: none yet. */
  #socket: Socket | undefined;
  #usesBefore = 0;
  #bytesBefore = 0;
  #isRefused = false;
  #isNoted = false;

  constructor(line: Line) {
    this.#line = line;
  }

  /** Called right before the request is written. */
  begin(): void {
    const { socket, uses } = this.#line;
    this.#socket = socket;
    this.#usesBefore = uses;
    this.#bytesBefore = socket?.bytesWritten ?? 0;
    this.#line.uses += 1;
  }

  /** Called right after each write, before the event loop goes on. */
  note(): void {
    if (this.#isNoted || !this.#socket) return;
    this.#isNoted = true;
    // Node tries to write at once. Where that has failed by now, the system took not a single byte: had it taken some, the
    // error would come later. With TLS it is never certain, since the encrypted bytes are written later.
    this.#isRefused = !(this.#socket instanceof TLSSocket) && isWriteError(this.#socket.errored);
  }

  /**
   * Whether the request met a connection that had been kept open after an earlier one.
   * @param error what ended the request
   */
  isOnKeptConnection(error: Error): boolean {
    if (this.#socket) return this.#usesBefore > 0;
    // The kept connection died before the request was written to it: then the error is that connection's own. Where a new
    // connection could not be made, it is another error.
    return this.#line.uses > 0 && this.#line.socket?.errored === error;
  }

  /** False only where it is certain: neither the system nor Node has taken a byte of it. */
  get mayHaveGoneOut(): boolean {
    return this.#socket !== undefined && !this.#isRefused && this.#socket.bytesWritten !== this.#bytesBefore;
  }

  /** The connection was lost before anything was answered: whether the request may be sent once more by itself. */
  mayRepeat(method: string, error: Error): boolean {
    return this.isOnKeptConnection(error) && (!this.mayHaveGoneOut || IDEMPOTENT.has(method));
  }
}

function isWriteError(error: NodeJS.ErrnoException | null): boolean {
  return error?.syscall === "write" && (error.code === "EPIPE" || error.code === "ECONNRESET");
}
