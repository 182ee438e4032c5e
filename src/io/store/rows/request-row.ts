import type { Body } from "../../../core/model/body.ts";
import type { Completeness, EventFacts, Origin, StoredRequest } from "../../../core/model/request.ts";
import { VERDICTS } from "../../../core/model/verdict.ts";
import { decodeHeaders } from "./header-blob.ts";
import { storedTime, storedWord } from "./stored-values.ts";

/** A row of `requests`, with what the sender was told. */
export interface RequestRow {
  readonly id: number;
  readonly session_id: number;
  readonly received_at_ms: number;
  readonly receive_ms: number;
  readonly remote_address: string;
  readonly origin: string;
  readonly method: string;
  readonly target: string;
  readonly http_version: string;
  readonly headers: Buffer;
  readonly trailers: Buffer | null;
  readonly body_size: number;
  readonly body_file: string | null;
  readonly completeness: string;
  readonly refusal_status: number | null;
  readonly refusal_code: string | null;
  readonly refusal_reason: string | null;
  readonly reply_status: number | null;
  readonly reply_note: string | null;
  readonly event_id: string | null;
  readonly event_type: string | null;
  readonly parent_id: number | null;
  readonly provider: string | null;
  readonly scheme: string | null;
  readonly attempt_number: number | null;
  readonly verdict: string | null;
  readonly signed_at_ms: number | null;
  readonly secret_name: string | null;
  readonly occurrence: number | null;
  readonly occurred_at_ms: number | null;
  readonly object_id: string | null;
  readonly overtaken_by: number | null;
}

/** A row as the request that it was made from. @param body of it, or what stands for it */
export function requestOfRow(row: RequestRow, body: Body): StoredRequest {
  return {
    id: row.id,
    sessionId: row.session_id,
    receivedAtMs: storedTime(row.received_at_ms),
    receiveDurationMs: row.receive_ms,
    remoteAddress: row.remote_address,
    origin: row.origin as Origin,
    method: row.method,
    target: row.target,
    httpVersion: row.http_version,
    headers: decodeHeaders(row.headers),
    trailers: row.trailers ? decodeHeaders(row.trailers) : [],
    body,
    completeness: row.completeness as Completeness,
    refusal:
      row.refusal_status === null
        ? undefined
        : { status: row.refusal_status, code: row.refusal_code ?? "", reason: row.refusal_reason ?? "" },
    event: eventOf(row),
    occurrence: row.occurrence ?? undefined,
    overtakenBy: row.overtaken_by ?? undefined,
    parentId: row.parent_id ?? undefined,
    reply: row.reply_status === null ? undefined : { status: row.reply_status, note: row.reply_note ?? undefined },
  };
}

function eventOf(row: RequestRow): EventFacts {
  const { verdict } = row;
  return {
    eventId: row.event_id ?? undefined,
    eventType: row.event_type ?? undefined,
    provider: row.provider ?? undefined,
    scheme: row.scheme ?? undefined,
    attemptNumber: row.attempt_number ?? undefined,
    occurredAtMs: storedTime(row.occurred_at_ms),
    objectId: row.object_id ?? undefined,
    verdict:
      verdict === null
        ? undefined
        : {
            kind: storedWord(verdict, VERDICTS, "unjudged"),
            signedAtMs: storedTime(row.signed_at_ms),
            secretName: row.secret_name ?? undefined,
          },
  };
}
