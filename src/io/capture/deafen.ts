import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

interface Parser {
  onIncoming?: unknown;
  /** What it has found of a head that is not whole. */
  _headers?: unknown;
}

/**
 * Requests that Node's parser finds on this socket from now on are read and dropped. By itself it makes a response for each,
 * kept until the connection ends, and one packet may hold thousands of requests. What it has of a head is forgotten. Undocumented, like the pause of a parser:
 * where Node has changed, they are only dropped later.
 */
export function deafen(socket: Socket): void {
  const { parser } = socket as Socket & { readonly parser?: Parser | null };
  if (!parser) return;
  if (typeof parser.onIncoming === "function") parser.onIncoming = drop;
  // The parser stays until the connection is gone, and thousands of headers with it.
  if (Array.isArray(parser._headers)) parser._headers = [];
}

function drop(request: IncomingMessage & { upgrade?: boolean }): number {
  // Node would take it at its word, find nobody who speaks another protocol, and cut the connection with what is owed.
  request.upgrade = false;
  request.resume();
  return 0;
}
