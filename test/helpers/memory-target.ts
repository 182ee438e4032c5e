import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { MemoryAttack } from "./memory-attacks.ts";

const LARGE = `HTTP/1.1 200 OK\r\nContent-Length: 250000\r\n\r\n${"r".repeat(250_000)}`;
const STALLED = `HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n${"r".repeat(900_000)}`;
const ENDLESS = "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n";
const PIECE = Buffer.alloc(64 * 1024, "e");

/** A target that does what an attack needs, without looking at what it is sent. Closed by whoever made it. */
export async function memoryTarget(
  kind: MemoryAttack["target"],
): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    if (kind === "hangs") socket.resume();
    else socket.on("data", (bytes: Buffer) => answer(socket, kind, bytes));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, server };
}

function answer(socket: Socket, kind: MemoryAttack["target"], bytes: Buffer): void {
  if (!bytes.includes("\r\n\r\n")) return;
  if (kind === "answers-large") socket.write(LARGE);
  else if (kind === "stalls-after-large") socket.write(STALLED);
  else {
    socket.write(ENDLESS);
    const goOn = (): void => {
      while (!socket.destroyed && socket.write(PIECE));
    };
    socket.on("drain", goOn);
    goOn();
  }
}
