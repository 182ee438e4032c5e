import type { Socket } from "node:net";

interface Watched {
  _unrefTimer?: () => void;
}

/**
 * Calls `told` when something was read on a socket, also where Node's parser takes its bytes without any JavaScript, and
 * now and then after writes. The parser is still at it then. Undocumented: Node puts off a socket's timer for each read.
 * Where it has changed, nothing is told.
 */
export function afterEachRead(socket: Socket, told: () => void): void {
  const watched = socket as unknown as Watched;
  const putOff = watched._unrefTimer;
  if (typeof putOff !== "function") return;
  watched._unrefTimer = () => {
    putOff.call(socket);
    told();
  };
}
