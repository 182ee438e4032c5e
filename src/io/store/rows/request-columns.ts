import { bodySizeBytes } from "../../../core/model/body.ts";
import type { CapturedRequest, StoredRequest } from "../../../core/model/request.ts";
import { encodeHeaders } from "./header-blob.ts";
import type { InsertColumns } from "./insert-columns.ts";
import type { RequestRow } from "./request-row.ts";
import { fileOf } from "../disk/spool.ts";

/** What is stored with a request beside itself; `Occurrences` and `Overtaking` count. */
export type RequestContext = Omit<StoredRequest, keyof CapturedRequest | "id">;

/** All that a row of `requests` is made from. */
export interface WrittenRequest {
  readonly request: CapturedRequest;
  readonly context: RequestContext;
}

/** Each column of a request but its id, with what stands in it: `requestOfRow` the other way round. */
export const REQUEST_COLUMNS = {
  session_id: ({ context }) => context.sessionId,
  received_at_ms: ({ request }) => request.receivedAtMs,
  receive_ms: ({ request }) => request.receiveDurationMs,
  remote_address: ({ request }) => request.remoteAddress,
  origin: ({ request }) => request.origin,
  method: ({ request }) => request.method,
  target: ({ request }) => request.target,
  http_version: ({ request }) => request.httpVersion,
  headers: ({ request }) => encodeHeaders(request.headers),
  trailers: ({ request }) => (request.trailers.length > 0 ? encodeHeaders(request.trailers) : undefined),
  body_size: ({ request }) => bodySizeBytes(request.body),
  body_file: ({ request }) => fileOf(request.body),
  completeness: ({ request }) => request.completeness,
  refusal_status: ({ request }) => request.refusal?.status,
  refusal_code: ({ request }) => request.refusal?.code,
  refusal_reason: ({ request }) => request.refusal?.reason,
  reply_status: ({ context }) => context.reply?.status,
  reply_note: ({ context }) => context.reply?.note,
  event_id: ({ context }) => context.event.eventId,
  event_type: ({ context }) => context.event.eventType,
  parent_id: ({ context }) => context.parentId,
  provider: ({ context }) => context.event.provider,
  scheme: ({ context }) => context.event.scheme,
  attempt_number: ({ context }) => context.event.attemptNumber,
  verdict: ({ context }) => context.event.verdict?.kind,
  signed_at_ms: ({ context }) => context.event.verdict?.signedAtMs,
  secret_name: ({ context }) => context.event.verdict?.secretName,
  occurrence: ({ context }) => context.occurrence,
  occurred_at_ms: ({ context }) => context.event.occurredAtMs,
  object_id: ({ context }) => context.event.objectId,
  overtaken_by: ({ context }) => context.overtakenBy,
} as const satisfies Record<Exclude<keyof RequestRow, "id">, InsertColumns<WrittenRequest>[string]>;
