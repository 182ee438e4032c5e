import type { HeaderPairs } from "./headers.ts";

/** What the sender gets back. Framing headers (content-length, transfer-encoding, connection) are capture's business. */
export interface Reply {
  readonly status: number;
  /** Undefined: the standard phrase of the status. */
  readonly statusText?: string | undefined;
  readonly headers: HeaderPairs;
  readonly body: ReplyBody;
  /** How it goes wrong on purpose; undefined: it goes out as HTTP asks. */
  readonly manner?: ReplyManner | undefined;
}

/**
 * How a reply is delivered wrongly. `never`: nothing is sent, and the connection is held until the sender leaves, the
 * listener ends, or for so long. `reset`: a TCP reset in its place. `close`: an end of the connection in its place. `raw`:
 * these bytes in its place, then the end. `truncated`: it announces its whole length and breaks off after so many bytes of
 * its body, half of them where nothing is said. `slow`: its body comes at this pace.
 */
export type ReplyManner =
  | { readonly kind: "never"; readonly holdMs?: number | undefined }
  | { readonly kind: "reset" }
  | { readonly kind: "close" }
  | { readonly kind: "raw"; readonly bytes: Uint8Array }
  | { readonly kind: "truncated"; readonly afterBytes?: number | undefined }
  | { readonly kind: "slow"; readonly bytesPerSecond: number };

/** The status of a reply that never has one: nothing is sent, or no HTTP. */
export const NO_STATUS = 0;

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

/** The content type of a body that a person wrote. */
export function contentTypeOf(text: string): string {
  try {
    JSON.parse(text);
    return "application/json";
  } catch {
    return "text/plain; charset=utf-8";
  }
}

/** Says that nobody will read this body, so that its source may stop. */
export async function releaseBody(body: ReplyBody): Promise<void> {
  if (body.kind === "stream") await body.chunks[Symbol.asyncIterator]().return?.();
}
