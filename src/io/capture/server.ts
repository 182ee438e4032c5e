import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type AddressInfo, Server as TcpServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Refusal } from "../../core/model/request.ts";
import { listenOn } from "./bind.ts";
import { createServer } from "./node-http.ts";
import { Connection } from "./connection.ts";
import { type CaptureOptions, Exchanges } from "./exchanges.ts";
import { FirstBytes } from "./first-bytes.ts";
import { HEAD_TIMEOUT, type ParserError, readLeniently, refusalFor } from "./malformed.ts";
import { SENDER_LEFT } from "./receive-body.ts";

/** How often slow and silent peers are looked for. */
const SWEEP_INTERVAL_MS = 1000;

/** The capture port: takes anything from anyone, gives every request to the handler, serves nothing of its own. */
export class CaptureServer {
  readonly #options: CaptureOptions;
  readonly #exchanges: Exchanges;
  readonly #server: Server;
  readonly #connections = new Map<Duplex, Connection>();
  readonly #firstBytes: FirstBytes;
  /** Node's own listener: speaks HTTP on a socket. */
  readonly #speakHttp: (socket: Socket) => void;
  readonly #sweep: NodeJS.Timeout;
  #silentConnections = 0;

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#exchanges = new Exchanges(options);
    this.#server = this.#createServer();
    // A connection that could not be accepted (no file descriptor left) is its sender's trouble, not the process's end.
    this.#server.on("error", () => undefined);
    this.#server.on("request", this.#onRequest);
    this.#server.on("checkContinue", this.#onExpectContinue);
    this.#server.on("checkExpectation", this.#onRequest);
    this.#server.on("connect", this.#onConnect);
    this.#server.on("clientError", this.#onClientError);
    this.#speakHttp = this.#takeConnections();
    this.#firstBytes = new FirstBytes({
      clock: options.clock,
      silentForMs: options.limits.headTimeoutMs,
      onFirst: this.#onFirstBytes,
      onSilent: this.#onSilent,
    });
    this.#sweep = setInterval(() => {
      this.#exchanges.breakOffIdle();
      this.#firstBytes.sweep();
    }, SWEEP_INTERVAL_MS).unref();
  }

  /** Connections that sent no complete head in time: counted, not stored. */
  get silentConnections(): number {
    return this.#silentConnections;
  }

  /** Requests whose body is still on its way in. */
  get arrivingCount(): number {
    return this.#exchanges.arrivingCount;
  }

  /**
   * Binds. With `orNext` a taken port means the next free one.
   * @throws PORT_IN_USE, CANNOT_BIND
   */
  async listen(host: string, port: number, orNext: boolean): Promise<AddressInfo> {
    return listenOn(this.#server, host, port, orNext);
  }

  /** Takes no more connections and resolves when every request has its reply. */
  async drain(): Promise<void> {
    // Node's own close takes a connection for idle while its reply is still being sent, and cuts it.
    TcpServer.prototype.close.call(this.#server);
    for (const connection of this.#connections.values()) if (connection.isIdle) connection.socket.destroy();
    await this.#exchanges.drain();
  }

  /** Cuts whatever is still open. */
  close(): void {
    clearInterval(this.#sweep);
    this.#exchanges.endWaiting();
    this.#server.close();
    for (const connection of this.#connections.values()) connection.socket.destroy();
  }

  #createServer(): Server {
    const { limits } = this.#options;
    const server = createServer({
      maxHeaderSize: limits.maxHeadBytes,
      headersTimeout: limits.headTimeoutMs,
      // Total time is no measure for a large upload; the pause between its pieces is, and that is swept.
      requestTimeout: 0,
      connectionsCheckingInterval: SWEEP_INTERVAL_MS,
      keepAliveTimeout: limits.keepAliveMs,
      // Node would answer these by itself, and nobody would ever see them.
      requireHostHeader: false,
      insecureHTTPParser: false,
    });
    // Node keeps the first thousand headers and drops the rest without a word.
    server.maxHeadersCount = 0;
    server.maxConnections = limits.maxConnections;
    // Undocumented: a sender may close its half after the request and still wants the reply.
    return Object.assign(server, { httpAllowHalfOpen: true });
  }

  /** Node speaks HTTP on a connection at once; here its first bytes are looked at before. */
  #takeConnections(): (socket: Socket) => void {
    const listeners = this.#server.listeners("connection") as ((socket: Socket) => void)[];
    this.#server.removeAllListeners("connection");
    this.#server.on("connection", this.#onConnection);
    return (socket) => {
      for (const listener of listeners) listener.call(this.#server, socket);
    };
  }

  readonly #onConnection = (socket: Socket): void => {
    this.#connections.set(socket, new Connection(socket, this.#options.clock, this.#exchanges.ended));
    socket.once("close", () => this.#connections.delete(socket));
    this.#firstBytes.waitFor(socket);
  };

  readonly #onFirstBytes = (socket: Socket, first: Buffer): void => {
    this.#speakHttp(socket);
    this.#connections.get(socket)?.follow(first, this.#options.limits.maxHeadBytes);
  };

  readonly #onSilent = (socket: Socket): void => {
    const connection = this.#connections.get(socket);
    if (connection) this.#hangUp(connection, HEAD_TIMEOUT);
  };

  readonly #onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = this.#openConnection(request);
    if (connection) void this.#exchanges.serve(request, response, connection);
    // Behind this method of HTTP/2 Node cuts the connection, with every reply that is owed. By now the record has its name.
    if (request.method === "PRI") request.method = "";
  };

  readonly #onExpectContinue = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = this.#openConnection(request);
    if (!connection) return;
    const announcedBytes = Number(request.headers["content-length"] ?? 0);
    const isTooMuch = announcedBytes > this.#options.limits.maxBodyBytes;
    if (!isTooMuch) response.writeContinue();
    void this.#exchanges.serve(request, response, connection, isTooMuch);
  };

  /** Undefined: the reply to an earlier request closes the connection, and this one is the sender's to repeat. */
  #openConnection(request: IncomingMessage): Connection | undefined {
    const connection = this.#connections.get(request.socket);
    if (connection && !connection.isOver && !connection.isLast) return connection;
    request.resume();
    return undefined;
  }

  readonly #onConnect = (request: IncomingMessage, socket: Duplex): void => {
    // Node has let go of the socket, and with it of the listener that keeps a reset from ending the process.
    socket.on("error", () => undefined);
    const connection = this.#openConnection(request);
    const { httpVersion, rawHeaders: headers, url: target = "" } = request;
    const refusal: Refusal = { status: 405, code: "method", reason: "CONNECT is not answered: this is not a proxy" };
    if (connection) this.#exchanges.refuse(connection, refusal, { method: "CONNECT", target, httpVersion, headers });
    else socket.resume();
  };

  readonly #onClientError = (error: ParserError, socket: Duplex): void => {
    const connection = this.#connections.get(socket);
    if (!connection || connection.isOver) return;
    const isGone = error.code === "ECONNRESET" || error.code === "EPIPE" || !socket.writable;
    const bytes = connection.refusedBytes(error);
    const refusal = refusalFor(error, bytes);
    // Where a body was arriving, its request is stored as far as it came, and answered on its own response.
    if (connection.breakOff(isGone ? SENDER_LEFT : refusal)) connection.isOver = true;
    else if (connection.isLast) connection.isOver = true;
    else if (isGone) socket.destroy();
    else if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") this.#hangUp(connection, refusal);
    else this.#exchanges.refuse(connection, refusal, readLeniently(bytes), bytes);
  };

  #hangUp(connection: Connection, refusal: Refusal): void {
    this.#silentConnections += 1;
    this.#exchanges.hangUp(connection, refusal);
  }
}
