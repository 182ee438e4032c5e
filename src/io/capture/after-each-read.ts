import type { Socket } from "node:net";

interface Watched {
  _unrefTimer?: () => void;
}

/**
 * Calls `told` when so many bytes were read on a socket, also where Node's parser takes them without any JavaScript: it is
 * still at it then. Undocumented: Node puts off a socket's timer for each read, and each write. Where it has changed,
 * nothing is told.
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
