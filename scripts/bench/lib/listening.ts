import type { AddressInfo, Server } from "node:net";

/** Binds a loopback port, tells the parent, and ends with it. */
export function listening(server: Server): void {
  server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
  process.on("disconnect", () => process.exit());
}
