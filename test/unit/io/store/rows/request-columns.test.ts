import { expect, test } from "vitest";
import type { CapturedRequest } from "../../../../../src/core/model/request.ts";
import { REQUEST_COLUMNS, type RequestContext } from "../../../../../src/io/store/rows/request-columns.ts";
import { type RequestRow, requestOfRow } from "../../../../../src/io/store/rows/request-row.ts";
import { openTables } from "../../../../helpers/rows.ts";
import { capturedRequest, spooledBody } from "../../../../helpers/samples.ts";

/** No two columns of it hold the same. */
const request: CapturedRequest = capturedRequest({
  receivedAtMs: 1001,
  receiveDurationMs: 2.5,
  remoteAddress: "192.0.2.3",
  origin: "import",
  method: "PATCH",
  target: "/a?b",
  httpVersion: "1.0",
  headers: ["A", "1"],
  trailers: ["B", "2"],
  body: spooledBody("0123456789"),
  completeness: "partial",
  refusal: { status: 408, code: "body-timeout", reason: "too slow" },
});
const context: RequestContext = {
  sessionId: 4,
  event: {
    eventId: "evt_5",
    eventType: "a.b",
    provider: "stripe",
    scheme: "svix",
    attemptNumber: 6,
    occurredAtMs: 1007,
    objectId: "obj_8",
    verdict: { kind: "stale", signedAtMs: 1009, secretName: "$SECRET" },
  },
  occurrence: 10,
  overtakenBy: 11,
  parentId: 12,
  reply: { status: 503, note: "store-full" },
};

test("every column of the table but the id is written", () => {
  const columns = openTables().db.prepare("SELECT name FROM pragma_table_info('requests')").pluck().all();
  expect(new Set(["id", ...Object.keys(REQUEST_COLUMNS)])).toEqual(new Set(columns));
});

test("what stands in the columns is what a row is read as", () => {
  const row = Object.fromEntries(
    Object.entries(REQUEST_COLUMNS).map(([name, valueOf]) => [name, valueOf({ request, context }) ?? null]),
  );
  const read = requestOfRow({ id: 42, ...row } as unknown as RequestRow, request.body);
  expect(read).toEqual({ ...request, ...context, id: 42 });
});

test("what is not known is NULL", () => {
  const bare = { request: capturedRequest({ trailers: [] }), context: { sessionId: 1, event: {} } };
  const { refusal_status: refusal, trailers, reply_status: reply, event_id: event, verdict } = REQUEST_COLUMNS;
  expect([refusal, trailers, reply, event, verdict].map((valueOf) => valueOf(bare))).toEqual(
    Array.from({ length: 5 }, () => undefined),
  );
});
