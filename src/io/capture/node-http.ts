import type * as NodeHttp from "node:http";
import type { IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import type { Socket } from "node:net";

/**
 * `node:http` by `require`: an `import` reads every export of it once, and one of them loads all of Node's built-in fetch,
 * which is a fifth of the time until the port is bound.
 */
export const { createServer, STATUS_CODES } = createRequire(import.meta.url)("node:http") as typeof NodeHttp;

interface Watched {
  _unrefTimer?: () => void;
}

/**
 * Calls `told` after each read of a socket with the number of bytes, also where Node's parser takes them without any
 * JavaScript; the parser is not done with them yet. Undocumented: Node restarts a socket's timer for each read and each
 * write, and this hooks into that. Where Node has changed, nothing is told.
 */
export function afterEachRead(socket: Socket, told: (bytes: number) => void): void {
  const watched = socket as unknown as Watched;
  const putOff = watched._unrefTimer;
  if (typeof putOff !== "function") return;
  let seenBytes = socket.bytesRead;
  watched._unrefTimer = () => {
    putOff.call(socket);
    const bytes = socket.bytesRead - seenBytes;
    if (bytes === 0) return;
    seenBytes += bytes;
    told(bytes);
  };
}

interface Parser {
  onIncoming?: unknown;
  /** What it has found of a head that is not whole. */
  _headers?: unknown;
}

/**
 * Requests that Node's parser finds on this socket from now on are read and dropped. By itself Node makes a response for
 * each and keeps it until the connection ends, and one packet may hold thousands of requests. What the parser has of a head
 * is forgotten. This uses what Node does not document; where Node has changed, requests are dropped all the same, but later.
 */
export function deafen(socket: Socket): void {
  const { parser } = socket as Socket & { readonly parser?: Parser | null };
  if (!parser) return;
  if (typeof parser.onIncoming === "function") parser.onIncoming = drop;
  // The parser stays until the connection is gone, and thousands of headers with it.
  if (Array.isArray(parser._headers)) parser._headers = [];
}

function drop(request: IncomingMessage & { upgrade?: boolean }): number {
  // A request that asks for another protocol would make Node cut the connection, since nobody here speaks it, and the replies
  // that are owed would be lost.
  request.upgrade = false;
  request.resume();
  return 0;
}

/** How long a sender that is still sending may pause before the connection is cut behind its last reply. */
const LINGER_IDLE_MS = 2000;
/** The same, however steadily it sends. */
const LINGER_TOTAL_MS = 30_000;

/**
 * From now on Node closes this socket, once all is written, the patient way: our half at once, the rest when the sender has
 * closed too or has nothing more to say. A plain close with unread bytes resets the connection, and the sender may never
 * see its reply.
 * @param onClosing called once, when our half is closed
 */
export function closePatiently(socket: Socket, onClosing: () => void): void {
  let isClosing = false;
  socket.destroySoon = () => {
    if (isClosing) return;
    isClosing = true;
    onClosing();
    socket.end();
    socket.resume();
    const cut = (): void => void socket.destroy();
    const total = setTimeout(cut, LINGER_TOTAL_MS).unref();
    const idle = setTimeout(cut, LINGER_IDLE_MS).unref();
    socket.on("data", () => idle.refresh());
    socket.once("close", () => {
      clearTimeout(total);
      clearTimeout(idle);
    });
  };
}
