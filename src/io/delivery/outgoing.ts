import type { Body, BodySink } from "../../core/model/body.ts";
import type { ByteBudget } from "../../core/model/byte-budget.ts";
import type { HeaderPairs } from "../../core/model/headers.ts";

/** One HTTP message to be sent exactly as it stands. */
export interface OutgoingRequest {
  readonly method: string;
  /** Path and query, verbatim. */
  readonly path: string;
  /** With host and content-length. */
  readonly headers: HeaderPairs;
  readonly body: Body;
}

export interface SendOptions {
  /** For the whole exchange, connection and body included. 0: no limit but the 10 s that a connection may take. */
  readonly timeoutMs: number;
  /** Somebody waits for the response while it arrives. */
  readonly isRelayed: boolean;
  /** Opens a file for a response too large for memory. */
  readonly openSink: () => Promise<BodySink>;
  /** Over a connection that is made for it and closed behind it. */
  readonly isAlone?: boolean;
  /** What all responses that are in memory take of it; undefined: as much as they are. */
  readonly memory?: ByteBudget | undefined;
}
