import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import { HookcliError } from "../../core/model/errors.ts";

/** How many ports after a taken default are tried. */
const NEXT_PORTS = 50;

/**
 * Binds a server. Port 0 lets the system choose; with `orNext` a taken port means the next free one.
 * @throws PORT_IN_USE, CANNOT_BIND
 */
export async function listenOn(server: Server, host: string, port: number, orNext: boolean): Promise<AddressInfo> {
  const lastPort = orNext ? Math.min(port + NEXT_PORTS, 65_535) : port;
  for (let tried = port; ; tried += 1) {
    try {
      server.listen(tried, host);
      await once(server, "listening");
      return server.address() as AddressInfo;
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      if (reason !== "EADDRINUSE")
        throw new HookcliError("CANNOT_BIND", { host, port: tried, reason }, { cause: error });
      if (tried >= lastPort) throw new HookcliError("PORT_IN_USE", { host, port, next: port + 1 }, { cause: error });
    }
  }
}
