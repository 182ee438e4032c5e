import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Whether nothing may be read behind a request on its connection, although the parser would go on.
 *
 * One that asks for another protocol (`Upgrade: h2c`, `TLS/1.2`, `websocket`) is answered as if it had not: nobody has to
 * do what it asks. But the parser takes it at its word: behind it, it drops the rest of the packet, and with the next one
 * it begins to read anew, be that in the middle of a body. Which values of `Connection` the parser goes by differs
 * between versions of Node, so any `Upgrade` counts. And the parser overlooks a `close`: beside `keep-alive` in HTTP/1.0,
 * in Node 22 before a tab.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.8 and https://www.rfc-editor.org/rfc/rfc9112#section-9.3
 */
export function endsConnection({ headers }: IncomingMessage, { shouldKeepAlive }: ServerResponse): boolean {
  const { connection, upgrade } = headers;
  return upgrade !== undefined || (shouldKeepAlive && connection !== undefined && saysClose(connection));
}

function saysClose(connection: string): boolean {
  return connection
    .toLowerCase()
    .split(",")
    .some((option) => option.trim() === "close");
}
