import type { IncomingMessage } from "node:http";

/**
 * Whether a request asks to go on in another protocol (`Upgrade: h2c`, `TLS/1.2`, `websocket`). Nobody has to do what it
 * asks, and it is answered as if it had not. But the parser takes it at its word: behind the request it drops the rest of
 * the packet, and with the next one it begins to read anew, be that in the middle of a body. So nothing may be read
 * behind it. Which values of `Connection` the parser goes by differs between versions of Node: any `Upgrade` counts.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.8
 */
export function asksToUpgrade(request: IncomingMessage): boolean {
  return request.headers.upgrade !== undefined;
}
