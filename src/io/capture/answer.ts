import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../core/model/clock.ts";
import type { Reply } from "../../core/model/reply.ts";
import type { Connection } from "./connection.ts";
import { misbehave } from "./misbehave.ts";
import { writeReply } from "./write-reply.ts";

/** The reply to one request. */
export interface Answer {
  readonly connection: Connection;
  readonly reply: Reply;
  /** The reply closes the connection. */
  readonly isLast: boolean;
}

interface AnswerOptions {
  readonly clock: Clock;
  /** Aborts when the server ends. */
  readonly ending: AbortSignal;
}

/** Gives a request its reply, as HTTP asks or wrongly on purpose. Resolves when it is handed on, or nobody is left. Never rejects. */
export async function giveAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { connection, reply, isLast }: Answer,
  { clock, ending }: AnswerOptions,
): Promise<void> {
  // At the end too, replies that wait behind this one on the same connection must still get out.
  const close = isLast || (ending.aborted && connection.owed === 1);
  if (close) connection.closePatiently();
  const options = { close, isHead: request.method === "HEAD", socket: connection.socket };
  if (connection.owed > 1) connection.replies.count(response, reply);
  const { manner } = reply;
  try {
    if (!manner) return await writeReply(response, reply, options);
    // Nothing that comes behind a broken reply can be answered.
    if (manner.kind !== "slow") connection.isLast = true;
    connection.isNeverAnswered = manner.kind === "never";
    await misbehave(response, reply, manner, { ...options, connection, clock, ending });
  } catch {
    // A status, phrase or header from the target that HTTP does not allow: the sender sees a cut connection.
    connection.socket.destroy();
  }
}
