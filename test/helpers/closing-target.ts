import type { Socket } from "node:net";
import { OK, TargetServer } from "./target-server.ts";

/** Answers the first request of each connection, and closes the connection at the moment when the next one comes. */
export async function closingTarget(form: "FIN" | "RST"): Promise<TargetServer> {
  const used = new WeakSet<Socket>();
  return TargetServer.answering((socket) => {
    if (!used.has(socket)) {
      used.add(socket);
      socket.write(KEPT);
    } else if (form === "FIN") socket.end();
    else socket.resetAndDestroy();
  });
}

/** An answer that asks for its connection to be kept for longer than any test takes between two requests. */
export const KEPT = OK.replace("\r\n", "\r\nKeep-Alive: timeout=60\r\n");
