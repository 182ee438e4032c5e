import { once } from "node:events";
import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { headerFields } from "../../core/model/headers.ts";
import type { Reply } from "../../core/model/reply.ts";

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

export interface WriteOptions {
  /** No further request is taken on this connection. */
  readonly close: boolean;
  /** The request was a HEAD: the content-length is the target's word, no body follows. */
  readonly isHead: boolean;
}

/**
 * Writes a reply as it is: status, phrase, header order and case, body bytes. Resolves when it is handed to the socket
 * or the sender is gone. A streamed body that breaks off cuts the connection, so that the sender sees it too.
 */
export async function writeReply(response: ServerResponse, reply: Reply, options: WriteOptions): Promise<void> {
  if (response.destroyed || response.socket?.destroyed === true) return;
  // Nothing is added to what the target said.
  response.sendDate = false;
  const { body } = reply;
  const bodyBytes = body.kind === "bytes" ? body.bytes.length : undefined;
  const headers = replyHeaders(reply, bodyBytes, options);
  response.writeHead(reply.status, reply.statusText ?? STATUS_CODES[reply.status] ?? "", headers);
  if (body.kind === "bytes") {
    if (options.isHead || body.bytes.length === 0 || hasNoBody(reply.status)) response.end();
    else response.end(body.bytes);
    return;
  }
  await writeStream(response, body.chunks);
}

/** The same for a socket on which HTTP parsing has ended: the caller closes it. */
export function writeRawReply(socket: Socket, reply: Reply): void {
  if (!socket.writable) return;
  const bytes = reply.body.kind === "bytes" ? reply.body.bytes : new Uint8Array(0);
  let head = `HTTP/1.1 ${reply.status} ${reply.statusText ?? STATUS_CODES[reply.status] ?? ""}\r\n`;
  const headers = replyHeaders(reply, bytes.length, { close: true, isHead: false });
  for (const [name, value] of headerFields(headers)) head += `${name}: ${value}\r\n`;
  socket.write(`${head}\r\n`, "latin1");
  socket.write(bytes);
}

function replyHeaders(reply: Reply, bodyBytes: number | undefined, { close, isHead }: WriteOptions): string[] {
  const headers: string[] = [];
  let hasLength = false;
  for (const [name, value] of headerFields(reply.headers)) {
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

function hasNoBody(status: number): boolean {
  return status === 204 || status === 304;
}

async function writeStream(response: ServerResponse, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (response.destroyed) return;
      if (!response.write(chunk)) await Promise.race([once(response, "drain"), once(response, "close")]);
    }
    response.end();
  } catch {
    response.destroy();
  }
}
