import { openDatabase } from "../../../src/io/sqlite/open.ts";
import { encodeHeaders } from "../../../src/io/store/rows/header-blob.ts";
import { APPLICATION_ID, migrations } from "../../../src/io/store/rows/schema.ts";
import type { Database } from "../../../src/io/sqlite/database.ts";

const TRANSACTION = 20_000;
const TYPES = ["invoice.paid", "order.completed", "order.refunded", "customer.created", "push", "payment.failed"];
/** Of a hundred requests so many are answered like this; 0: no answer. */
const STATUSES = [...Array<number>(91).fill(200), ...Array<number>(5).fill(500), 503, 404, 404, 0];
const FIRST_MS = Date.UTC(2026, 0, 1);
const BODY_BYTES = 400;

/** A type that exactly one request in ten thousand has. */
export const RARE_TYPE = "dispute.opened";

/** The event id of one request. */
export function eventIdOf(requestId: number): string {
  return `evt_${requestId.toString(36).padStart(8, "0")}`;
}

/**
 * Makes a store with so many forwarded requests of 0.4 KB of JSON, written past the pipeline in large transactions: a
 * million take well under two minutes.
 */
export function fillStore(path: string, count: number): void {
  const db = openDatabase({ path, migrations, applicationId: APPLICATION_ID, busyTimeoutMs: 1000 });
  try {
    db.pragma("synchronous = OFF");
    db.exec(`INSERT INTO sessions (command, pid, process_mark, started_at_ms, seen_at_ms, ended_at_ms, first_delivery_id,
      targets, directory) VALUES ('listen', 1, 'bench', ${FIRST_MS}, ${FIRST_MS}, ${FIRST_MS}, 1, '[]', '/')`);
    const insert = inserter(db);
    for (let id = 1; id <= count; id += TRANSACTION) {
      db.transaction(() => {
        for (let at = id; at < id + TRANSACTION && at <= count; at += 1) insert(at);
      })();
    }
    db.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    db.close();
  }
}

function inserter(db: Database): (id: number) => void {
  const request = db.prepare(`INSERT INTO requests (id, session_id, received_at_ms, receive_ms, remote_address, origin,
    method, target, http_version, headers, body_size, completeness, event_id, event_type)
    VALUES (?, 1, ?, 0.2, '127.0.0.1:50000', 'capture', 'POST', ?, '1.1', ?, ?, 'complete', ?, ?)`);
  const body = db.prepare("INSERT INTO request_bodies (request_id, bytes) VALUES (?, ?)");
  const delivery = db.prepare(`INSERT INTO deliveries (id, request_id, session_id, created_at_ms, url, cause, status,
    reply_status) VALUES (?, ?, 1, ?, 'http://localhost:8000/hooks', 'forward', ?, ?)`);
  const attempt =
    db.prepare(`INSERT INTO attempts (delivery_id, number, started_at_ms, duration_ms, sent_headers, outcome,
    reason, status, status_text, response_headers, response_size, response_stored, response_body)
    VALUES (?, 1, ?, ?, ?, ?, ?, ?, 'OK', ?, 2, 2, ?)`);
  const sent = encodeHeaders(["host", "localhost:8000", "content-type", "application/json"]);
  const answer = Buffer.from("ok");
  return (id) => {
    const atMs = FIRST_MS + id * 100;
    const type = id % 10_000 === 7 ? RARE_TYPE : (TYPES[id % TYPES.length] ?? "");
    // A prime keeps type and status from going in step.
    const status = STATUSES[(id * 37) % 100] ?? 200;
    const bytes = bodyOf(id, type);
    request.run(
      id,
      atMs,
      `/webhooks/${id % 3 === 0 ? "stripe" : "orders"}`,
      headersOf(id),
      bytes.length,
      eventIdOf(id),
      type,
    );
    body.run(id, bytes);
    delivery.run(id, id, atMs, status === 200 ? "delivered" : "failed", status || 502);
    const [outcome, reason] = status === 0 ? ["no-response", "refused"] : ["response", null];
    attempt.run(id, atMs, 5 + (id % 400), sent, outcome, reason, status || null, sent, answer);
  };
}

function headersOf(id: number): Buffer {
  return encodeHeaders([
    "Host",
    "127.0.0.1:4400",
    "User-Agent",
    "Example-Webhooks/1.0",
    "Content-Type",
    "application/json; charset=utf-8",
    "Webhook-Id",
    eventIdOf(id),
  ]);
}

function bodyOf(id: number, type: string): Buffer {
  const start = `{"id":"${eventIdOf(id)}","type":"${type}","data":{"amount":${id},"note":"`;
  return Buffer.from(`${start}${"lorem ipsum ".repeat(40).slice(0, BODY_BYTES - start.length - 3)}"}}`);
}
