import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { headerFields, type HeaderPairs, wireText } from "../../core/model/headers.ts";
import { releaseBody, type Reply } from "../../core/model/reply.ts";
import { STATUS_CODES } from "./node-http.ts";

/** Headers that belong to the connection with the sender, which is capture's. */
const CONNECTION_HEADERS = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
]);

/** Node puts a text behind the head and writes both at once; bytes are a piece of their own, which takes longer. */
const MOST_AS_TEXT_BYTES = 16 * 1024;

export interface WriteOptions {
  /** No further request is taken on this connection. */
  readonly close: boolean;
  /** The request was a HEAD: the content-length is the target's word, no body follows. */
  readonly isHead: boolean;
  /** The sender's. A response behind another one on the same connection does not know it yet. */
  readonly socket: Socket;
}

/**
 * Writes a reply as it is: status, phrase, header order and case, body bytes. Resolves when it is handed to the socket
 * or the sender is gone. A streamed body that breaks off cuts the connection, so that the sender sees it too; one that
 * cannot be passed on is given back to where it comes from.
 * @throws Node's error where HTTP does not allow the status, the phrase or a header
 */
export async function writeReply(response: ServerResponse, reply: Reply, options: WriteOptions): Promise<void> {
  const { body } = reply;
  try {
    if (response.destroyed || options.socket.destroyed) return await releaseBody(body);
    writeHead(response, reply, options);
  } catch (error) {
    await releaseBody(body);
    throw error;
  }
  if (body.kind === "stream") return writeStream(response, body.chunks, options.socket);
  if (options.isHead || body.bytes.length === 0 || hasNoBody(reply.status)) response.end();
  else if (body.bytes.length <= MOST_AS_TEXT_BYTES) response.end(wireText(body.bytes), "latin1");
  else response.end(body.bytes);
}

function writeHead(response: ServerResponse, reply: Reply, options: WriteOptions): void {
  // Nothing is added to what the target said.
  response.sendDate = false;
  const { body } = reply;
  const bodyBytes = body.kind === "bytes" ? body.bytes.length : undefined;
  const headers = replyHeaders(reply, bodyBytes, options);
  response.writeHead(reply.status, reply.statusText ?? STATUS_CODES[reply.status] ?? "", headers);
}

/** The same for a socket on which HTTP parsing has ended: the caller closes it. */
export function writeRawReply(socket: Socket, reply: Reply): void {
  if (!socket.writable) return;
  const bytes = reply.body.kind === "bytes" ? reply.body.bytes : new Uint8Array(0);
  socket.write(replyHead(reply, replyHeaders(reply, bytes.length, { close: true, isHead: false })), "latin1");
  socket.write(bytes);
}

/** Status line and headers with the empty line behind them, one character a byte. */
export function replyHead(reply: Reply, headers: HeaderPairs): string {
  let head = `HTTP/1.1 ${reply.status} ${reply.statusText ?? STATUS_CODES[reply.status] ?? ""}\r\n`;
  for (const [name, value] of headerFields(headers)) head += `${name}: ${value}\r\n`;
  return `${head}\r\n`;
}

/** What goes out of a reply's headers, and the framing. @param bodyBytes undefined: the body is a stream */
export function replyHeaders(
  reply: Reply,
  bodyBytes: number | undefined,
  { close, isHead }: Omit<WriteOptions, "socket">,
): string[] {
  const headers: string[] = [];
  let hasLength = false;
  for (let at = 0; at + 1 < reply.headers.length; at += 2) {
    const name = reply.headers[at] ?? "";
    const value = reply.headers[at + 1] ?? "";
    const lower = name.toLowerCase();
    if (CONNECTION_HEADERS.has(lower)) continue;
    if (lower === "content-length") {
      if (hasLength) continue;
      hasLength = true;
      headers.push(name, bodyBytes === undefined || isHead || hasNoBody(reply.status) ? value : String(bodyBytes));
    } else headers.push(name, value);
  }
  if (!hasLength && bodyBytes !== undefined && !isHead && !hasNoBody(reply.status))
    headers.push("content-length", String(bodyBytes));
  if (close) headers.push("connection", "close");
  return headers;
}

/** RFC 9110: whatever its headers say. */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 304;
}

async function writeStream(response: ServerResponse, chunks: AsyncIterable<Uint8Array>, socket: Socket): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (socket.destroyed) return;
      // It takes more, or the sender is gone.
      if (!response.write(chunk) && !socket.destroyed) await eventOrClose(response, "drain", socket);
    }
    response.end();
  } catch {
    socket.destroy();
  }
}

/** Resolves with an event of a response, or when its socket is gone: a response behind another one is not told of that. */
export async function eventOrClose(response: ServerResponse, event: string, socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    const goOn = (): void => {
      response.off(event, goOn);
      socket.off("close", goOn);
      resolve();
    };
    response.on(event, goOn);
    socket.on("close", goOn);
  });
}
