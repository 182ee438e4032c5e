import type { Attempt, Delivery } from "../model/delivery.ts";
import { readFaultNote } from "../model/fault-note.ts";
import { matchesGlob } from "../model/glob.ts";
import { headerFields, type HeaderPairs, toWire } from "../model/headers.ts";
import { type CapturedRequest, type EventFacts, pathOfTarget, type StoredRequest } from "../model/request.ts";
import { isFailed, type Verdict } from "../model/verdict.ts";
import type { Comparison, Condition, Filter, FilterState, SignatureFinding } from "./filter.ts";
import { holdsText, searchableBytes } from "./text-search.ts";

/** What a filter is asked about. */
export interface FilterSubject {
  readonly request: StoredRequest;
  /** The one that tells how the request fared (`tellingDelivery`); undefined where nothing was forwarded. */
  readonly delivery: Delivery | undefined;
  readonly nowMs: number;
  /** Whether a body that is not in memory holds a text, for who has searched it; without this it holds none. */
  readonly spooledHolds?: (text: string) => boolean;
}

/** True where all of the filter's terms hold. Never throws, reads no file. */
export function matchesFilter(filter: Filter, subject: FilterSubject): boolean {
  return filter.every(({ isNegated, condition }) => holds(condition, subject) !== isNegated);
}

function holds(condition: Condition, subject: FilterSubject): boolean {
  const { request, delivery, nowMs } = subject;
  switch (condition.kind) {
    case "status":
      return isBetween(statusOf(delivery), condition);
    case "no-status":
      return statusOf(delivery) === undefined;
    case "state":
      return isIn(condition.state, subject);
    case "duration":
      return lasted(lastEnded(delivery)?.durationMs, condition.compared, condition.ms);
    case "attempts":
      return compare(delivery?.attempts.length ?? 0, condition.compared, condition.count);
    case "method":
      return isSameWord(request.method, condition.method);
    case "path":
      return fitsGlob(toWire(condition.glob), pathOfTarget(request.target));
    case "type":
      return fitsGlob(condition.glob, request.event.eventType);
    case "event":
      return request.event.eventId === condition.eventId;
    case "provider":
      return fitsGlob(condition.glob, request.event.provider);
    case "signature":
      return isFound(condition.finding, request.event.verdict);
    case "id":
      return isBetween(request.id, condition);
    case "age":
      return request.receivedAtMs >= nowMs - condition.mostMs;
    case "since":
      return request.receivedAtMs >= condition.atMs;
    case "header":
      return hasHeader(request.headers, condition.name, condition.value);
    case "text":
      return hasText(subject, condition.text);
    default:
      return condition satisfies never;
  }
}

function isIn(state: FilterState, { request, delivery }: FilterSubject): boolean {
  switch (state) {
    case "ok":
      return delivery?.status === "delivered";
    case "failed":
    case "pending":
      return delivery?.status === state;
    case "replay":
      return delivery?.cause === "replay";
    case "refused":
      return request.refusal !== undefined;
    case "malformed":
      return request.completeness === "malformed";
    case "edited":
      return request.parentId !== undefined;
    case "faulted":
      return readFaultNote(request.reply?.note) !== undefined;
    case "duplicate":
      return (request.occurrence ?? 1) > 1;
    case "out-of-order":
      return request.overtakenBy !== undefined;
    default:
      return state satisfies never;
  }
}

function isFound(finding: SignatureFinding, verdict: Verdict | undefined): boolean {
  if (verdict === undefined) return false;
  return finding === "failed" ? isFailed(verdict) : verdict.kind === finding;
}

function lastEnded(delivery: Delivery | undefined): Attempt | undefined {
  return delivery?.attempts.findLast(({ outcome }) => outcome !== undefined);
}

function statusOf(delivery: Delivery | undefined): number | undefined {
  const outcome = lastEnded(delivery)?.outcome;
  return outcome?.kind === "response" ? outcome.response.status : undefined;
}

/** SQLite, which must agree, does not see what follows a NUL: text that holds one fits nothing. */
function fitsGlob(glob: string, text: string | undefined): boolean {
  return text !== undefined && !text.includes("\0") && matchesGlob(glob, text);
}

function isBetween(value: number | undefined, { least, most }: { readonly least: number; readonly most: number }) {
  return value !== undefined && value >= least && value <= most;
}

function lasted(durationMs: number | undefined, compared: Comparison, ms: number): boolean {
  if (durationMs === undefined) return false;
  return compared === "=" ? durationMs >= ms - 0.5 && durationMs < ms + 0.5 : compare(durationMs, compared, ms);
}

function compare(value: number, compared: Comparison, other: number): boolean {
  switch (compared) {
    case "<":
      return value < other;
    case "<=":
      return value <= other;
    case "=":
      return value === other;
    case ">=":
      return value >= other;
    case ">":
      return value > other;
    default:
      return compared satisfies never;
  }
}

function isSameWord(wire: string, word: string): boolean {
  return fromWire(wire).equals(searchableBytes(Buffer.from(word)));
}

function hasHeader(headers: HeaderPairs, name: string, value: string | undefined): boolean {
  for (const [field, held] of headerFields(headers)) {
    if (isSameWord(field, name) && (value === undefined || holdsText(Buffer.from(held, "latin1"), value))) return true;
  }
  return false;
}

function hasText({ request, spooledHolds }: FilterSubject, text: string): boolean {
  const { target, event, headers, body } = request;
  if (holdsText(Buffer.from(target, "latin1"), text)) return true;
  if (event.eventType !== undefined && holdsText(Buffer.from(event.eventType), text)) return true;
  const lines = Array.from(headerFields(headers), ([name, value]) => `${name}: ${value}\r\n`).join("");
  if (holdsText(Buffer.from(lines, "latin1"), text)) return true;
  return body.kind === "bytes" ? holdsText(body.bytes, text) : (spooledHolds?.(text) ?? false);
}

function fromWire(latin1: string): Buffer {
  return searchableBytes(Buffer.from(latin1, "latin1"));
}

/** Whether a filter that asks for nothing later lets a request through before it is stored: it has no id yet. */
export function matchesOnArrival(filter: Filter, request: CapturedRequest, event: EventFacts, nowMs: number): boolean {
  if (filter.length === 0) return true;
  const arriving = { ...request, id: 0, sessionId: 0, event };
  return matchesFilter(filter, { request: arriving, delivery: undefined, nowMs });
}
