import { NO_STATUS, type Reply, type ReplyManner } from "../model/reply.ts";

/** A reply of which no status ever reaches the sender. */
export function nothingSent(manner: ReplyManner): Reply {
  return { status: NO_STATUS, headers: [], body: { kind: "bytes", bytes: new Uint8Array(0) }, manner };
}
