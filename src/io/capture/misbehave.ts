import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "../../core/model/clock.ts";
import { headerValue } from "../../core/model/headers.ts";
import { releaseBody, type Reply, type ReplyBody, type ReplyManner } from "../../core/model/reply.ts";
import type { Connection } from "./connection.ts";
import { eventOrClose, hasNoBody, type WriteOptions, writeReply } from "./write-reply.ts";
import { slowly } from "./slowly.ts";
import { writeTruncated } from "./write-truncated.ts";

export interface MisbehaveOptions extends WriteOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Aborts when the server ends: what is held back goes on at once, or is cut. */
  readonly ending: AbortSignal;
}

/** Longest wait of a timer: 24 days, which no sender will outlast. */
const FOR_EVER_MS = 2 ** 31 - 1;
/** A sender that has closed its half may still wait for an answer; most have left. */
const HALF_CLOSED_MS = 30_000;

/**
 * Delivers a reply wrongly, as its manner says, once the replies before it on the same connection are out. Resolves when
 * that is done or the sender is gone.
 * @throws Node's error where HTTP does not allow the status, the phrase or a header of a slow reply
 */
export async function misbehave(
  response: ServerResponse,
  reply: Reply,
  manner: ReplyManner,
  options: MisbehaveOptions,
): Promise<void> {
  const { socket, connection } = options;
  if (manner.kind === "slow") return writeSlowly(response, reply, manner.bytesPerSecond, options);
  await turnOf(response, socket);
  if (manner.kind !== "truncated" || socket.destroyed) await releaseBody(reply.body);
  if (socket.destroyed) return;
  switch (manner.kind) {
    case "never":
      await hold(manner.holdMs, options);
      socket.destroy();
      return;
    case "reset":
      socket.resetAndDestroy();
      return;
    case "close":
      break;
    case "raw":
      socket.write(manner.bytes);
      break;
    case "truncated":
      await writeTruncated(socket, reply, manner.afterBytes, options.isHead);
      break;
    default:
      manner satisfies never;
  }
  connection.closePatiently();
  socket.destroySoon();
}

/** A response has its socket only when the ones before it are out. */
async function turnOf(response: ServerResponse, socket: Socket): Promise<void> {
  if (response.socket || socket.destroyed) return;
  await eventOrClose(response, "socket", socket);
}

/** Until the sender has left, the server ends, or the time is over. */
async function hold(holdMs = FOR_EVER_MS, { socket, connection, clock, ending }: MisbehaveOptions): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  const halfClosed = (): void => void clock.wait(HALF_CLOSED_MS, over.signal).then(end);
  const left = connection.left(ending);
  if (left.aborted) return;
  left.addEventListener("abort", end);
  if (socket.readableEnded) halfClosed();
  else socket.once("end", halfClosed);
  await clock.wait(holdMs, over.signal);
  end();
  left.removeEventListener("abort", end);
  socket.off("end", halfClosed);
}

async function writeSlowly(
  response: ServerResponse,
  reply: Reply,
  bytesPerSecond: number,
  options: MisbehaveOptions,
): Promise<void> {
  if (options.isHead || hasNoBody(reply.status)) return writeReply(response, reply, options);
  const { clock, ending, connection } = options;
  const left = connection.left(ending);
  const chunks = slowly(chunksOf(reply.body), bytesPerSecond, { clock, left, ending });
  await writeReply(response, { ...reply, headers: withLength(reply), body: { kind: "stream", chunks } }, options);
}

function withLength({ headers, body }: Reply): Reply["headers"] {
  const isTold = headerValue(headers, "content-length") !== undefined;
  if (body.kind === "stream" || isTold) return headers;
  return [...headers, "content-length", String(body.bytes.length)];
}

function chunksOf(body: ReplyBody): AsyncIterable<Uint8Array> {
  if (body.kind === "stream") return body.chunks;
  return (async function* whole() {
    if (body.bytes.length > 0) yield body.bytes;
  })();
}
