import { expect, test } from "vitest";
import { EMPTY_BODY } from "../../../../../src/core/model/body.ts";
import { encodeHeaders } from "../../../../../src/io/store/rows/header-blob.ts";
import { requestOfRow } from "../../../../../src/io/store/rows/request-row.ts";

const row = {
  id: 7,
  session_id: 1,
  received_at_ms: 1000,
  receive_ms: 1.5,
  remote_address: "127.0.0.1:1",
  origin: "capture",
  method: "POST",
  target: "/hooks",
  http_version: "1.1",
  headers: encodeHeaders(["Host", "a"]),
  trailers: null,
  body_size: 0,
  body_file: null,
  completeness: "complete",
  refusal_status: null,
  refusal_code: null,
  refusal_reason: null,
  reply_status: null,
  reply_note: null,
  event_id: null,
  event_type: null,
  parent_id: null,
  provider: null,
  scheme: null,
  attempt_number: null,
  verdict: null,
  signed_at_ms: null,
  secret_name: null,
  occurrence: null,
  occurred_at_ms: null,
  object_id: null,
  overtaken_by: null,
};

test("what is NULL in a row is not there in the request", () => {
  expect(JSON.parse(JSON.stringify(requestOfRow(row, EMPTY_BODY)))).toEqual({
    id: 7,
    sessionId: 1,
    receivedAtMs: 1000,
    receiveDurationMs: 1.5,
    remoteAddress: "127.0.0.1:1",
    origin: "capture",
    method: "POST",
    target: "/hooks",
    httpVersion: "1.1",
    headers: ["Host", "a"],
    trailers: [],
    body: { kind: "bytes", bytes: {} },
    completeness: "complete",
    event: {},
  });
});

test("everything else is", () => {
  const full = {
    ...row,
    trailers: encodeHeaders(["X-Sum", "1"]),
    refusal_status: 401,
    refusal_code: "signature",
    refusal_reason: "no",
    reply_status: 401,
    reply_note: "signature",
    event_id: "evt_1",
    event_type: "invoice.paid",
    parent_id: 3,
    provider: "stripe",
    scheme: "stripe",
    attempt_number: 2,
    verdict: "stale",
    signed_at_ms: 500,
    secret_name: "--secret",
    occurrence: 4,
    occurred_at_ms: 1_700_000_000_000,
    object_id: "order_1",
    overtaken_by: 3,
  };
  expect(requestOfRow(full, EMPTY_BODY)).toMatchObject({
    trailers: ["X-Sum", "1"],
    refusal: { status: 401, code: "signature", reason: "no" },
    reply: { status: 401, note: "signature" },
    event: {
      eventId: "evt_1",
      eventType: "invoice.paid",
      provider: "stripe",
      scheme: "stripe",
      attemptNumber: 2,
      occurredAtMs: 1_700_000_000_000,
      objectId: "order_1",
      verdict: { kind: "stale", signedAtMs: 500, secretName: "--secret" },
    },
    parentId: 3,
    occurrence: 4,
    overtakenBy: 3,
  });
});
