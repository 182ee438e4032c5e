import type { Socket } from "node:net";

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
