import { bodySizeBytes } from "../model/body.ts";
import type { Attempt, Delivery, Outcome } from "../model/delivery.ts";
import { readFaultNote } from "../model/fault-note.ts";
import { headerFields, type HeaderPairs } from "../model/headers.ts";
import { type Mask, usualMask } from "../model/mask.ts";
import { NO_STATUS } from "../model/reply.ts";
import type { SentReply, StoredRequest } from "../model/request.ts";
import type { Verdict } from "../model/verdict.ts";
import type {
  AttemptFields,
  DeliveryFields,
  HeaderFields,
  JsonShape,
  OutcomeFields,
  RequestFields,
} from "./shapes/index.ts";
import { isDate } from "../model/clock.ts";

/**
 * A request as `--json` shows it.
 * @param sizeBytes given where the request comes without its body
 */
export function requestToJson(
  request: StoredRequest,
  sizeBytes = bodySizeBytes(request.body),
  mask: Mask = usualMask,
): RequestFields {
  const { refusal, reply, event } = request;
  return {
    id: request.id,
    receivedAt: isoTime(request.receivedAtMs),
    method: request.method,
    target: mask.text(request.target),
    eventId: event.eventId === undefined ? null : mask.text(event.eventId),
    eventType: event.eventType === undefined ? null : mask.text(event.eventType),
    provider: event.provider ?? null,
    scheme: event.scheme ?? null,
    attemptNumber: event.attemptNumber ?? null,
    occurrence: request.occurrence ?? null,
    occurredAt: timeOrNull(event.occurredAtMs),
    objectId: event.objectId === undefined ? null : mask.text(event.objectId),
    overtakenBy: request.overtakenBy ?? null,
    verdict: event.verdict ? verdictToJson(event.verdict) : null,
    parentId: request.parentId ?? null,
    httpVersion: request.httpVersion,
    remoteAddress: request.remoteAddress,
    size: sizeBytes,
    completeness: request.completeness,
    refusal: refusal ? { status: refusal.status, code: refusal.code, reason: refusal.reason } : null,
    reply: reply ? replyToJson(reply, mask) : null,
  };
}

/** A request as lists print it: with the delivery that tells how it fared. */
export function listedToJson(
  {
    request,
    bodySizeBytes: sizeBytes,
    delivery,
  }: {
    readonly request: StoredRequest;
    readonly bodySizeBytes: number;
    readonly delivery: Delivery | undefined;
  },
  mask: Mask,
): JsonShape<"request"> {
  return {
    v: 1,
    kind: "request",
    request: requestToJson(request, sizeBytes, mask),
    delivery: delivery ? deliveryToJson(delivery, mask) : null,
  };
}

export function deliveryToJson(delivery: Delivery, mask: Mask = usualMask): DeliveryFields {
  return {
    id: `d${delivery.id}`,
    requestId: delivery.requestId,
    url: mask.text(delivery.url),
    cause: delivery.cause,
    status: delivery.status,
    attempts: delivery.attempts.map((attempt) => attemptToJson(attempt, mask)),
  };
}

export function attemptToJson({ number, startedAtMs, durationMs, outcome }: Attempt, mask: Mask): AttemptFields {
  return {
    number,
    startedAt: isoTime(startedAtMs),
    durationMs: durationMs === undefined ? null : Math.round(durationMs * 1000) / 1000,
    outcome: outcome ? outcomeToJson(outcome, mask) : null,
  };
}

export function headersToJson(pairs: HeaderPairs, mask: Mask): HeaderFields {
  return [...headerFields(mask.headers(pairs))].map(([name, value]) => [name, value]);
}

function replyToJson({ status, note }: SentReply, mask: Mask): NonNullable<RequestFields["reply"]> {
  const fault = readFaultNote(note)?.written;
  return {
    status: status === NO_STATUS ? null : status,
    note: note === undefined ? null : mask.text(note),
    fault: fault === undefined ? null : mask.text(fault),
  };
}

function verdictToJson({ kind, signedAtMs, secretName }: Verdict): NonNullable<RequestFields["verdict"]> {
  return { kind, signedAt: timeOrNull(signedAtMs), secret: secretName ?? null };
}

function timeOrNull(atMs: number | undefined): string | null {
  return atMs !== undefined && isDate(atMs) ? isoTime(atMs) : null;
}

export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

function outcomeToJson(outcome: Outcome, mask: Mask): OutcomeFields {
  if (outcome.kind === "no-response") return { ...outcome, detail: mask.text(outcome.detail) };
  if (outcome.kind !== "response") return outcome;
  return { kind: "response", status: outcome.response.status, size: outcome.response.bodySizeBytes };
}
