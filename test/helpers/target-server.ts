import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** One request as its bytes stood on the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Name, value, name, value …, in wire order, latin-1. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** Head and body, byte for byte. */
  readonly raw: Buffer;
}

/** What the target does with a request: bytes to answer with (text is latin-1), or anything else with the socket. */
export type Answer = string | Uint8Array | ((socket: Socket, request: SeenRequest) => void | Promise<void>);

export const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/**
 * A real target on a port of its own: it reads requests byte for byte, records them, and answers with exactly the bytes
 * it is told to. Closed by whoever made it.
 */
export class TargetServer {
  readonly seen: SeenRequest[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #waiting = new Set<() => void>();
  readonly #answerFor: (index: number) => Answer;
  readonly #scheme: string;
  #connections = 0;

  private constructor(answerFor: (index: number) => Answer, tls?: TlsOptions) {
    this.#answerFor = answerFor;
    this.#scheme = tls ? "https" : "http";
    this.#server = tls ? createTlsServer(tls, this.#take) : createServer(this.#take);
    // A client that does not trust the certificate breaks off its handshake: that is its business.
    this.#server.on("tlsClientError", () => undefined);
  }

  /** Answers every request in the same way. */
  static async answering(answer: Answer = OK, tls?: TlsOptions): Promise<TargetServer> {
    return new TargetServer(() => answer, tls).#listen();
  }

  /** Answers the first request with the first answer and so on; the last one stays. */
  static async scripted(...answers: readonly Answer[]): Promise<TargetServer> {
    return new TargetServer((index) => answers[Math.min(index, answers.length - 1)] ?? OK).#listen();
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** `http://127.0.0.1:41234` */
  get origin(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}`;
  }

  /** Connections that were ever made. */
  get connections(): number {
    return this.#connections;
  }

  /** Resolves when so many requests have come whole. */
  async requests(count: number): Promise<readonly SeenRequest[]> {
    while (this.seen.length < count) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    return this.seen;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #listen(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return this;
  }

  readonly #take = (socket: Socket): void => {
    this.#connections += 1;
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => undefined);
    let bytes = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let request = takeRequest(bytes); request; request = takeRequest(bytes)) {
        bytes = bytes.subarray(request.raw.length);
        this.#respond(socket, request);
      }
    });
  };

  #respond(socket: Socket, request: SeenRequest): void {
    this.seen.push(request);
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
    const answer = this.#answerFor(this.seen.length - 1);
    if (typeof answer === "function") void answer(socket, request);
    else socket.write(typeof answer === "string" ? Buffer.from(answer, "latin1") : answer);
  }
}

/** The first request in the bytes, where it is whole; hookcli only ever sends content-length. */
function takeRequest(bytes: Buffer): SeenRequest | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const [requestLine = "", ...lines] = bytes.toString("latin1", 0, headEnd).split("\r\n");
  const [method = "", path = ""] = requestLine.split(" ");
  const headers = lines.flatMap((line) => {
    const colonAt = line.indexOf(":");
    return [line.slice(0, colonAt), line.slice(colonAt + 1).replace(/^ /, "")];
  });
  const lengthAt = headers.findIndex((part, at) => at % 2 === 0 && part.toLowerCase() === "content-length");
  const end = headEnd + 4 + (lengthAt < 0 ? 0 : Number(headers[lengthAt + 1]));
  if (bytes.length < end) return undefined;
  return { method, path, headers, body: bytes.subarray(headEnd + 4, end), raw: bytes.subarray(0, end) };
}
