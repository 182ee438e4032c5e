import type { Socket } from "node:net";
import { headerValue } from "../../core/model/headers.ts";
import { releaseBody, type Reply } from "../../core/model/reply.ts";
import { hasNoBody, replyHead, replyHeaders } from "./write-reply.ts";

/**
 * Writes a reply that announces more than it brings: its whole length, and so many bytes of its body (half of them where
 * nothing is said, and where it has no more, one is announced on top). One that may have no body loses half of its head.
 * The caller ends the connection.
 */
export async function writeTruncated(
  socket: Socket,
  reply: Reply,
  afterBytes: number | undefined,
  isHead: boolean,
): Promise<void> {
  const { body, status } = reply;
  const length = lengthOf(reply);
  const isBodiless = isHead || hasNoBody(status);
  const kept = Math.min(afterBytes ?? Math.floor((length ?? 0) / 2), length ?? Infinity);
  const announced = length === undefined ? undefined : Math.max(length, kept + 1);
  const headers = replyHeaders(reply, announced, { close: false, isHead });
  const framing = announced === undefined ? ["transfer-encoding", "chunked"] : [];
  const head = replyHead(reply, [...headers, ...framing]);
  socket.write(isBodiless ? head.slice(0, head.length / 2) : head, "latin1");
  if (isBodiless) return releaseBody(body);
  if (body.kind === "bytes") socket.write(body.bytes.subarray(0, kept));
  else if (announced === undefined) await writeChunksUpTo(socket, body.chunks, afterBytes);
  else await writeUpTo(socket, body.chunks, kept);
}

/** Undefined: nobody knows before it is over. */
function lengthOf({ body, headers }: Reply): number | undefined {
  if (body.kind === "bytes") return body.bytes.length;
  const told = headerValue(headers, "content-length");
  return told !== undefined && /^\d{1,15}$/.test(told) ? Number(told) : undefined;
}

async function writeUpTo(socket: Socket, chunks: AsyncIterable<Uint8Array>, bytes: number): Promise<void> {
  let left = bytes;
  if (left === 0) return releaseBody({ kind: "stream", chunks });
  for await (const chunk of chunks) {
    await written(socket, chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0 || socket.destroyed) return;
  }
}

/** @param bytes undefined: half of the first chunk */
async function writeChunksUpTo(
  socket: Socket,
  chunks: AsyncIterable<Uint8Array>,
  bytes: number | undefined,
): Promise<void> {
  let left = bytes;
  for await (const chunk of chunks) {
    left ??= Math.floor(chunk.length / 2);
    const isWhole = chunk.length <= left;
    socket.write(`${chunk.length.toString(16)}\r\n`);
    await written(socket, isWhole ? chunk : chunk.subarray(0, left));
    left -= chunk.length;
    if (!isWhole || socket.destroyed) return;
    socket.write("\r\n");
  }
}

/** Resolves when the system has taken it, or the sender is gone. */
async function written(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (socket.destroyed) return;
  await new Promise<void>((resolve) => void socket.write(bytes, () => resolve()));
}
