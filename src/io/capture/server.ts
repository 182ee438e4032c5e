import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type AddressInfo, Server as TcpServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Refusal } from "../../core/model/request.ts";
import { listenOn } from "./bind.ts";
import { createServer, deafen } from "./node-http.ts";
import { Connection } from "./connection.ts";
import { type CaptureOptions, Exchanges } from "./exchanges.ts";
import { FirstBytes } from "./first-bytes.ts";
import { MOST_HEADERS } from "./judge.ts";
import { HEAD_TIMEOUT, type ParserError, readLeniently, refusalFor } from "./malformed.ts";
import { overweight, Slots } from "./slots.ts";
import { SENDER_LEFT } from "./receive-body.ts";
import { PORT_FULL, TOO_MANY_WAITING, turnedAwayReply } from "./limits.ts";
import { writeRawReply } from "./write-reply.ts";

/** How often slow and silent peers are looked for. */
const SWEEP_INTERVAL_MS = 1000;
/** How often what many connections hold in memory is added up. */
const WEIGH_INTERVAL_MS = 100;
/** Fewer connections, and replies, than this cannot hold much. */
const FEW = 32;
/** Connections on which all is said, and whose senders have not closed yet; with more, the oldest are closed. */
const MOST_LINGERING = 64;
/** Nearly all heads are smaller. */
const LEAST_HEAD_PART_BYTES = 8 * 1024;
const END_OF_HEAD = "\r\n\r\n";

/** The capture port: takes anything from anyone, gives every request to the handler, serves nothing of its own. */
export class CaptureServer {
  readonly #options: CaptureOptions;
  readonly #exchanges: Exchanges;
  readonly #server: Server;
  readonly #connections = new Map<Duplex, Connection>();
  readonly #firstBytes: FirstBytes;
  /** Node's own listener: speaks HTTP on a socket. */
  readonly #speakHttp: (socket: Socket) => void;
  readonly #slots: Slots<Connection>;
  readonly #sweep: NodeJS.Timeout;
  readonly #weighing: NodeJS.Timeout;
  #silentConnections = 0;
  /** Of heads that began since all were weighed. */
  #unweighedBytes = 0;

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#exchanges = new Exchanges(options);
    this.#server = this.#createServer();
    this.#slots = new Slots(options.limits, (connection) => this.#evict(connection, PORT_FULL));
    this.#server.on("error", this.#onAcceptError);
    this.#server.on("request", this.#onRequest);
    this.#server.on("checkContinue", this.#onExpectContinue);
    this.#server.on("checkExpectation", this.#onRequest);
    this.#server.on("connect", this.#onConnect);
    this.#server.on("clientError", this.#onClientError);
    this.#speakHttp = this.#takeConnections();
    this.#firstBytes = new FirstBytes({
      clock: options.clock,
      silentForMs: options.limits.headTimeoutMs,
      isBusy: () => this.#exchanges.isBusy || this.#unweighedBytes > 0,
      onFirst: this.#onFirstBytes,
      onSilent: this.#onSilent,
    });
    this.#sweep = setInterval(() => {
      this.#exchanges.breakOffSlow();
      this.#firstBytes.sweep();
      this.#lookAtAll();
      this.#exchanges.notices.look();
    }, SWEEP_INTERVAL_MS).unref();
    this.#weighing = setInterval(() => this.#weigh(), WEIGH_INTERVAL_MS).unref();
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
    clearInterval(this.#weighing);
    this.#exchanges.endWaiting();
    this.#server.close();
    for (const connection of this.#connections.values()) connection.socket.destroy();
  }

  #createServer(): Server {
    const { limits } = this.#options;
    const server: Server & { pauseOnConnect?: boolean } = createServer({
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
    // Newer Nodes refuse a head that has more, older ones drop the rest without a word: then it is refused here.
    server.maxHeadersCount = MOST_HEADERS;
    // A connection is read only when its first bytes are asked for.
    server.pauseOnConnect = true;
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
    const connection = new Connection(socket, this.#options.clock, this.#exchanges.replied, this.#onRead);
    const place = this.#slots.take(connection);
    if (place !== "yes") this.#exchanges.notices.happened(place === "evicted" ? "PORT_FULL" : "PORT_TAKEN");
    if (place === "no") return void socket.on("error", () => undefined).destroy();
    this.#connections.set(socket, connection);
    socket.once("close", () => {
      this.#connections.delete(socket);
      this.#slots.leave(connection);
    });
    this.#firstBytes.waitFor(socket);
  };

  /** The system had nothing left to take a connection with: it is its sender's trouble, not the process's end. */
  readonly #onAcceptError = (error: Error): void => {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EMFILE" && code !== "ENFILE") return;
    this.#exchanges.notices.happened("NO_DESCRIPTORS");
    this.#slots.makeRoom();
  };

  /** Closes a connection for the sake of the others. */
  #evict(connection: Connection, refusal: Refusal): void {
    const { socket } = connection;
    this.#connections.delete(socket);
    const isMidReply = connection.owed > 1 || (connection.owed === 1 && !connection.isArriving);
    // Between two requests nothing is said: the sender could take it for the reply to the request that it sends next.
    const isUnasked = isMidReply || connection.isResting || connection.isClosing;
    connection.breakOff(refusal);
    connection.isOver = true;
    if (!isUnasked) writeRawReply(socket, turnedAwayReply(refusal));
    socket.destroy();
  }

  /** Cuts senders that do not take their replies, and heads that took too long after they were read on. */
  #lookAtAll(): void {
    const { stalledReplyMs, leastBodyBytesPerSecond, headTimeoutMs } = this.#options.limits;
    for (const connection of this.#connections.values()) {
      if (connection.owed > 0) {
        const allowedMs = stalledReplyMs + (connection.socket.writableLength / leastBodyBytesPerSecond) * 1000;
        if (connection.replies.stalledForMs() > allowedMs) this.#cut(connection);
      }
      if (connection.isHeadOverdue(headTimeoutMs)) this.#hangUp(connection, HEAD_TIMEOUT);
    }
  }

  /** What a sender can make many connections hold has a limit over all of them. */
  #weigh(): void {
    this.#weighHeads();
    if (this.#connections.size < FEW && this.#exchanges.owed < FEW) return;
    const { waitingReplyBytes } = this.#options.limits;
    for (const connection of overweight(this.#connections.values(), ({ replies }) => replies.bytes, waitingReplyBytes))
      this.#cut(connection);
    this.#endLingering();
  }

  /** Their replies are out. Many that go on sending would be read for nothing, 64 KiB at a time. */
  #endLingering(): void {
    const lingering = [...this.#connections.values()].filter(({ isClosing }) => isClosing);
    for (const { socket } of lingering.slice(0, -MOST_LINGERING)) socket.destroy();
  }

  #weighHeads(): void {
    if (this.#unweighedBytes === 0 && this.#connections.size < FEW) return;
    this.#unweighedBytes = 0;
    const { arrivingHeadBytes } = this.#options.limits;
    for (const connection of overweight(this.#connections.values(), ({ headBytes }) => headBytes, arrivingHeadBytes)) {
      if (connection.owed > 0) continue;
      this.#exchanges.notices.happened("TOO_MANY_WAITING");
      this.#evict(connection, TOO_MANY_WAITING);
    }
  }

  #cut({ socket }: Connection): void {
    this.#exchanges.notices.happened("REPLY_NOT_READ");
    socket.destroy();
  }

  readonly #onFirstBytes = (socket: Socket, first: Buffer): void => {
    this.#speakHttp(socket);
    this.#connections.get(socket)?.follow(first, this.#options.limits.maxHeadBytes);
    if (!first.includes(END_OF_HEAD)) this.#onHeadPart(first.length);
  };

  readonly #onRead = (connection: Connection, bytes: number): void => {
    this.#options.meter?.add(bytes);
    const { headBytes } = connection;
    if (headBytes > LEAST_HEAD_PART_BYTES) queueMicrotask(() => this.#onHeadPart(headBytes));
  };

  /** A thousand of them may come between two looks at all. */
  readonly #onHeadPart = (bytes: number): void => {
    this.#unweighedBytes += bytes;
    if (this.#unweighedBytes > this.#options.limits.arrivingHeadBytes / 2) this.#weighHeads();
  };

  readonly #onSilent = (socket: Socket): void => {
    const connection = this.#connections.get(socket);
    if (connection) this.#hangUp(connection, HEAD_TIMEOUT);
  };

  readonly #onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = this.#openConnection(request);
    if (connection) void this.#exchanges.serve(request, response, connection);
    // After a request of this method, which is HTTP/2's, Node cuts the connection, and the replies that are owed are lost. Node
    // goes by the name, so it is taken away; what is stored has it already.
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
    deafen(request.socket);
    return undefined;
  }

  readonly #onConnect = (request: IncomingMessage, socket: Duplex): void => {
    // Node has removed its own listeners from the socket. Without one for errors a reset would end the process.
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
    // While a connection is held nothing is read from it, so a head that is missing is not the sender's fault.
    if (error.code === "ERR_HTTP_REQUEST_TIMEOUT" && connection.isHeld) return connection.excuseHead();
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
