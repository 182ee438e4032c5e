import type { ServerResponse } from "node:http";
import type { Connection } from "./connection.ts";
import { eventOrClose } from "./write-reply.ts";

/** Both ends of a connection as they were when it began, each as address and port. The same object for all its requests. */
export interface Ends {
  readonly remoteAddress: string;
  readonly localAddress: string;
}

/** What the handler may ask about the one who waits for its reply. */
export interface Sender {
  readonly ends: Ends;
  /** The connection is gone, or given up on: no reply will be heard. */
  isGone(): boolean;
  /** Resolves when the reply is out, or nobody is left to take it: whether the sender was there for all of it. */
  heard(): Promise<boolean>;
  /** Aborts when the sender is gone, or the server drains or closes: nobody is made to wait any longer. */
  left(): AbortSignal;
  /** Aborts when the server drains or closes. */
  readonly ending: AbortSignal;
  /**
   * The request is stored and may wait for long: where memory is scarce its body is forgotten, and read by `read` when
   * somebody looks at it.
   */
  mayLetGo(read: () => Uint8Array): void;
}

/** @param response undefined: HTTP parsing has ended, and a last word is said to the bare socket */
export function senderOf(
  connection: Connection,
  ending: AbortSignal,
  mayLetGo: Sender["mayLetGo"],
  response?: ServerResponse,
): Sender {
  const { socket } = connection;
  const isGone = (): boolean => response?.destroyed === true || socket.destroyed || connection.hasGivenUp;
  const heard = async (): Promise<boolean> => {
    if (response && !response.closed && !socket.destroyed) await eventOrClose(response, "close", socket);
    return response?.writableFinished === true && !connection.hasGivenUp;
  };
  return { ends: connection, isGone, heard, left: () => connection.left(ending), ending, mayLetGo };
}
