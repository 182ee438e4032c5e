import {
  type Body,
  type BytesBody,
  bytesBody,
  type FileBody,
  type SpoolName,
  spoolName,
} from "../../src/core/model/body.ts";
import type { Clock } from "../../src/core/model/clock.ts";
import type { Attempt, Delivery, NoResponseReason, Outcome } from "../../src/core/model/delivery.ts";
import type { HeaderPairs } from "../../src/core/model/headers.ts";
import type { CapturedRequest, StoredRequest } from "../../src/core/model/request.ts";

/** 2026-03-04 05:06:07.089 UTC. */
export const SAMPLE_TIME_MS = Date.UTC(2026, 2, 4, 5, 6, 7, 89);

/** A clock that stands still. */
export const stillClock: Clock = {
  nowMs: () => SAMPLE_TIME_MS,
  monotonicMs: () => 0,
  wait: () => new Promise(() => undefined),
};

/** A webhook as capture hands it over; a test changes what it is about. */
export function capturedRequest(changes: Partial<CapturedRequest> = {}): CapturedRequest {
  return {
    method: "POST",
    target: "/hooks",
    httpVersion: "1.1",
    headers: ["Host", "localhost:4400", "Content-Type", "application/json"],
    trailers: [],
    body: textBody('{"hi":1}'),
    receivedAtMs: SAMPLE_TIME_MS,
    receiveDurationMs: 1.5,
    remoteAddress: "127.0.0.1:51234",
    origin: "capture",
    completeness: "complete",
    ...changes,
  };
}

/** The same as the store gives it back. */
export function sampleRequest(changes: Partial<StoredRequest> = {}): StoredRequest {
  return { id: 42, sessionId: 1, event: {}, ...capturedRequest(), ...changes };
}

/** A forwarded delivery whose one attempt was answered 200. */
export function sampleDelivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    id: 17,
    requestId: 42,
    url: "http://localhost:8000/hooks",
    cause: "forward",
    status: "delivered",
    sessionId: 1,
    createdAtMs: SAMPLE_TIME_MS,
    attempts: [sampleAttempt()],
    ...changes,
  };
}

export function sampleAttempt(changes: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    startedAtMs: SAMPLE_TIME_MS,
    durationMs: 23,
    sentHeaders: ["host", "localhost:8000"],
    outcome: answered(200),
    ...changes,
  };
}

export function answered(status: number, text = "", headers: HeaderPairs = [], statusText = ""): Outcome {
  const body = textBody(text);
  return { kind: "response", response: { status, statusText, headers, body, bodySizeBytes: body.bytes.length } };
}

export function unanswered(reason: NoResponseReason, detail: string): Outcome {
  return { kind: "no-response", reason, detail };
}

export function textBody(text: string): BytesBody {
  return bytesBody(Buffer.from(text));
}

/** Of `spooledBody`. */
export const SAMPLE_FILE = spoolName({ startedAtMs: 1, pid: 1 }, 1);

/** Name of the file that a spooled body is in. */
export function fileNameOf(body: Body): SpoolName {
  if (body.kind === "file" && body.name !== undefined) return body.name;
  throw new Error("this body is in no file");
}

/** A spooled body that holds this text, handed out in pieces of seven bytes. */
export function spooledBody(text: string): FileBody {
  const bytes = Buffer.from(text);
  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
  }
  return { kind: "file", name: SAMPLE_FILE, sizeBytes: bytes.length, read };
}
