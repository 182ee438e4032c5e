import { type Body, bodySizeBytes, bytesBody, EMPTY_BODY, type SpoolName } from "../../../core/model/body.ts";
import type {
  Attempt,
  Delivery,
  DeliveryCause,
  DeliveryStatus,
  NoResponseReason,
  Outcome,
  TargetResponse,
} from "../../../core/model/delivery.ts";
import { decodeHeaders, encodeHeaders } from "./header-blob.ts";
import { fileOf, type Spool } from "../disk/spool.ts";
import type { Database, Statement } from "../../sqlite/database.ts";
import { storedTime } from "./stored-values.ts";
import { ChangeRows } from "./change-rows.ts";
import type { EndedAttempt, NewDelivery, Settlement, StartedAttempt } from "./new-delivery.ts";

interface DeliveryRow {
  readonly id: number;
  readonly request_id: number;
  readonly session_id: number;
  readonly created_at_ms: number;
  readonly url: string;
  readonly cause: string;
  readonly status: string;
  readonly running_number: number | null;
  readonly running_since_ms: number | null;
}

interface AttemptRow {
  readonly number: number;
  readonly started_at_ms: number;
  readonly duration_ms: number | null;
  readonly sent_headers: Buffer | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly status: number | null;
  readonly status_text: string | null;
  readonly response_headers: Buffer | null;
  readonly response_size: number | null;
  readonly response_stored: number | null;
  readonly response_file: string | null;
  readonly response_body: Buffer | null;
}

const INSERT = `INSERT INTO deliveries (request_id, session_id, created_at_ms, url, cause, status, running_number,
  running_since_ms) VALUES (?, ?, ?, ?, ?, 'pending', ?, ?)`;
/** `tellingDelivery` in SQL: replays before forwards, the newest replay and the oldest forward first. */
export const TELLING_FIRST = `ORDER BY deliveries.cause = 'replay' DESC,
  iif(deliveries.cause = 'replay', -deliveries.id, deliveries.id) LIMIT 1`;
const TELLING = `SELECT * FROM deliveries WHERE request_id = ? ${TELLING_FIRST}`;
/** One whose only attempt was interrupted says nothing about its target. */
const STATUS_BEFORE = `SELECT status FROM deliveries WHERE request_id = ? AND id < ? AND url = ? AND status <> 'pending'
  AND EXISTS (SELECT 1 FROM attempts WHERE delivery_id = deliveries.id AND outcome <> 'interrupted')
  ORDER BY id DESC LIMIT 1`;
const ATTEMPTS_ALONE = `SELECT number, started_at_ms, duration_ms, sent_headers, outcome, reason, detail, status,
  status_text, response_headers, response_size, response_stored, NULL AS response_file, NULL AS response_body
  FROM attempts WHERE delivery_id = ? ORDER BY number`;
const SETTLE = `UPDATE deliveries SET status = ?, running_number = NULL, running_since_ms = NULL, reply_status = ?,
  reply_note = ? WHERE id = ?`;
const INSERT_ATTEMPT = `INSERT INTO attempts (delivery_id, number, started_at_ms, duration_ms, sent_headers, outcome,
  reason, detail, status, status_text, response_headers, response_size, response_stored, response_file, response_body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
/** Bound by the id, because an index on the status would be written twice for every request. */
const PENDING_OF_SESSION = `id >= (SELECT first_delivery_id FROM sessions WHERE id = @session)
  AND status = 'pending' AND session_id = @session`;
const INTERRUPT = `INSERT INTO attempts (delivery_id, number, started_at_ms, outcome)
  SELECT id, running_number, running_since_ms, 'interrupted' FROM deliveries
  WHERE ${PENDING_OF_SESSION} AND running_number IS NOT NULL`;
const FAIL_PENDING = `UPDATE deliveries SET status = 'failed', running_number = NULL, running_since_ms = NULL
  WHERE ${PENDING_OF_SESSION}`;

const ORIGIN = "SELECT request_id AS requestId, session_id AS sessionId, cause FROM deliveries WHERE id = ?";

/** What a delivery is, beside where it goes and how it fared. */
export type DeliveryOrigin = Pick<Delivery, "requestId" | "sessionId" | "cause">;

/** Deliveries and their attempts as rows. Writes run inside the caller's transaction, and are noted as changes in it. */
export class DeliveryRows {
  readonly #spool: Spool;
  readonly #changes: ChangeRows;
  readonly #insert: Statement<[number, number, number, string, string, number | null, number | null]>;
  readonly #start: Statement<[number | null, number | null, number]>;
  readonly #settle: Statement<[string, number | null, string | null, number]>;
  readonly #insertAttempt: Statement<unknown[]>;
  readonly #find: Statement<[number], DeliveryRow>;
  readonly #ofRequest: Statement<[number], DeliveryRow>;
  readonly #telling: Statement<[number], DeliveryRow>;
  readonly #statusBefore: Statement<[number, number, string], DeliveryStatus>;
  readonly #urls: Statement<[number], string>;
  readonly #attempts: Statement<[number], AttemptRow>;
  readonly #attemptsAlone: Statement<[number], AttemptRow>;
  readonly #fileInUse: Statement<[string], number>;
  readonly #interrupt: Statement<[{ session: number }]>;
  readonly #failPending: Statement<[{ session: number }]>;
  readonly #origin: Statement<[number], DeliveryOrigin>;

  constructor(db: Database, spool: Spool, changes = new ChangeRows(db)) {
    this.#spool = spool;
    this.#changes = changes;
    this.#insert = db.prepare(INSERT);
    this.#start = db.prepare("UPDATE deliveries SET running_number = ?, running_since_ms = ? WHERE id = ?");
    this.#settle = db.prepare(SETTLE);
    this.#insertAttempt = db.prepare(INSERT_ATTEMPT);
    this.#find = db.prepare("SELECT * FROM deliveries WHERE id = ?");
    this.#ofRequest = db.prepare("SELECT * FROM deliveries WHERE request_id = ? ORDER BY id");
    this.#telling = db.prepare(TELLING);
    this.#statusBefore = db.prepare<[number, number, string], DeliveryStatus>(STATUS_BEFORE).pluck();
    this.#urls = db
      .prepare<[number], string>("SELECT url FROM deliveries WHERE request_id = ? GROUP BY url ORDER BY min(id)")
      .pluck();
    this.#attempts = db.prepare("SELECT * FROM attempts WHERE delivery_id = ? ORDER BY number");
    this.#attemptsAlone = db.prepare(ATTEMPTS_ALONE);
    this.#fileInUse = db.prepare<[string], number>("SELECT 1 FROM attempts WHERE response_file = ?").pluck();
    this.#interrupt = db.prepare(INTERRUPT);
    this.#failPending = db.prepare(FAIL_PENDING);
    this.#origin = db.prepare(ORIGIN);
  }

  /** Of a request that was stored before. @returns the new delivery's id */
  add(requestId: number, sessionId: number, createdAtMs: number, delivery: NewDelivery): number {
    const id = this.insert(requestId, sessionId, createdAtMs, delivery);
    this.#changes.note("delivery", id);
    return id;
  }

  /** Of a request that is stored in the same transaction: who hears of it looks for its deliveries. @returns the new delivery's id */
  insert(requestId: number, sessionId: number, createdAtMs: number, delivery: NewDelivery): number {
    const { url, cause, attempt } = delivery;
    const [number, startedAtMs] = [attempt?.number ?? null, attempt?.startedAtMs ?? null];
    const inserted = this.#insert.run(requestId, sessionId, createdAtMs, url, cause, number, startedAtMs);
    return Number(inserted.lastInsertRowid);
  }

  /** Says that an attempt is about to touch the wire. */
  startAttempt(deliveryId: number, { number, startedAtMs }: StartedAttempt): void {
    this.#start.run(number, startedAtMs, deliveryId);
    this.#changes.note("delivery", deliveryId);
  }

  /** Says that no attempt is under way any more, and the delivery is not over. @returns the number of the change */
  rest(deliveryId: number): number {
    this.#start.run(null, null, deliveryId);
    return this.#changes.note("delivery", deliveryId);
  }

  /** The delivery is over. @returns the number of the change */
  settle(deliveryId: number, { status, reply }: Settlement): number {
    this.#settle.run(status, reply?.status ?? null, reply?.note ?? null, deliveryId);
    return this.#changes.noted();
  }

  /** Stores an attempt that has ended. What becomes of its delivery has to be said with it: it is still under way there. */
  insertAttempt({ deliveryId, number, startedAtMs, durationMs, sentHeaders, outcome }: EndedAttempt): void {
    const response = outcome.kind === "response" ? outcome.response : undefined;
    const failure = outcome.kind === "no-response" ? outcome : undefined;
    const body = response?.body;
    this.#insertAttempt.run(
      deliveryId,
      number,
      startedAtMs,
      durationMs,
      encodeHeaders(sentHeaders),
      outcome.kind,
      failure?.reason ?? null,
      failure?.detail ?? null,
      response?.status ?? null,
      response?.statusText ?? null,
      response ? encodeHeaders(response.headers) : null,
      response?.bodySizeBytes ?? null,
      body ? bodySizeBytes(body) : null,
      body ? fileOf(body) : null,
      body?.kind === "bytes" ? body.bytes : null,
    );
  }

  /** What a dead session left running reads interrupted, and its deliveries failed. */
  interrupt(sessionId: number): void {
    this.#interrupt.run({ session: sessionId });
    this.#failPending.run({ session: sessionId });
  }

  /** Without its attempts. */
  originOf(id: number): DeliveryOrigin | undefined {
    return this.#origin.get(id);
  }

  find(id: number): Delivery | undefined {
    const row = this.#find.get(id);
    return row && this.#toDelivery(row);
  }

  /** Oldest first, attempts and response bodies included. */
  ofRequest(requestId: number): Delivery[] {
    return this.#ofRequest.all(requestId).map((row) => this.#toDelivery(row));
  }

  /** What `tellingDelivery` picks among a request's deliveries; the response bodies stay in the store. */
  tellingOf(requestId: number): Delivery | undefined {
    const row = this.#telling.get(requestId);
    return row && this.#toDelivery(row, this.#attemptsAlone);
  }

  /** How the delivery before this one, of some request to the same URL, ended; undefined where none did. */
  statusBefore(requestId: number, { id, url }: Pick<Delivery, "id" | "url">): DeliveryStatus | undefined {
    return this.#statusBefore.get(requestId, id, url);
  }

  /** Where a request went, each URL once, the first one first. */
  urlsOf(requestId: number): string[] {
    return this.#urls.all(requestId);
  }

  usesFile(name: SpoolName): boolean {
    return this.#fileInUse.get(name) !== undefined;
  }

  #toDelivery(row: DeliveryRow, select = this.#attempts): Delivery {
    const attempts: Attempt[] = select.all(row.id).map((attempt) => this.#toAttempt(attempt));
    if (row.running_number !== null) {
      attempts.push({
        number: row.running_number,
        startedAtMs: storedTime(row.running_since_ms) ?? 0,
        sentHeaders: [],
      });
    }
    return {
      id: row.id,
      requestId: row.request_id,
      sessionId: row.session_id,
      createdAtMs: storedTime(row.created_at_ms),
      url: row.url,
      cause: row.cause as DeliveryCause,
      status: row.status as DeliveryStatus,
      attempts,
    };
  }

  #toAttempt(row: AttemptRow): Attempt {
    return {
      number: row.number,
      startedAtMs: storedTime(row.started_at_ms),
      durationMs: row.duration_ms ?? undefined,
      sentHeaders: row.sent_headers ? decodeHeaders(row.sent_headers) : [],
      outcome: this.#toOutcome(row),
    };
  }

  #toOutcome(row: AttemptRow): Outcome {
    if (row.outcome === "response") return { kind: "response", response: this.#toResponse(row) };
    if (row.outcome === "interrupted") return { kind: "interrupted" };
    return { kind: "no-response", reason: row.reason as NoResponseReason, detail: row.detail ?? "" };
  }

  #toResponse(row: AttemptRow): TargetResponse {
    return {
      status: row.status ?? 0,
      statusText: row.status_text ?? "",
      headers: row.response_headers ? decodeHeaders(row.response_headers) : [],
      body: this.#toBody(row),
      bodySizeBytes: row.response_size ?? 0,
    };
  }

  #toBody(row: AttemptRow): Body {
    if (row.response_file !== null) return this.#spool.body(row.response_file, row.response_stored ?? 0);
    return row.response_body && row.response_body.length > 0 ? bytesBody(row.response_body) : EMPTY_BODY;
  }
}
