import type { Socket } from "node:net";
import { type buildConnector, Client, type Dispatcher } from "undici";

/** What is known about the one connection that a client has at a time. */
export class Line {
  /** Undefined: none has been made yet. */
  socket: Socket | undefined;
  /** Requests that the connection has carried. */
  uses = 0;

  /** @param connect makes the connections */
  wrap(connect: buildConnector.connector): buildConnector.connector {
    return (options, callback) =>
      connect(options, (...outcome) => {
        if (outcome[1]) {
          this.socket = outcome[1];
          this.uses = 0;
        }
        callback(...outcome);
      });
  }
}

/** Who sends something over a line, and wants to know which one it is. */
export interface OnLine extends Dispatcher.DispatchHandler {
  /** Told before anything else; a line may get a new connection until the request starts. */
  onLine(line: Line): void;
}

/** undici's client, which tells each request which connection it gets. */
export class LineClient extends Client {
  readonly #line: Line;

  constructor(origin: string | URL, options: Client.Options & { readonly connect: buildConnector.connector }) {
    const line = new Line();
    super(origin, { ...options, connect: line.wrap(options.connect) });
    this.#line = line;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: OnLine): boolean {
    handler.onLine(this.#line);
    return super.dispatch(options, handler);
  }
}
