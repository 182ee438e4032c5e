import type { HeaderPairs } from "./headers.ts";

/** What the sender gets back. Framing headers (content-length, transfer-encoding, connection) are capture's business. */
export interface Reply {
  readonly status: number;
  /** Undefined: the standard phrase of the status. */
  readonly statusText?: string | undefined;
  readonly headers: HeaderPairs;
  readonly body: ReplyBody;
}

/** Bytes that are all there, or a stream that is still arriving; a stream that throws cuts the sender's connection. */
export type ReplyBody =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "stream"; readonly chunks: AsyncIterable<Uint8Array> };

/** Names the cause of a reply that is hookcli's own and no success. */
export const REASON_HEADER = "x-hookcli-reason";

/** A reply of hookcli's own: one JSON object. */
export function jsonReply(status: number, fields: Readonly<Record<string, unknown>>, headers: HeaderPairs = []): Reply {
  const text = `${JSON.stringify(fields)}\n`;
  return {
    status,
    headers: ["content-type", "application/json", ...headers],
    body: { kind: "bytes", bytes: Buffer.from(text) },
  };
}
