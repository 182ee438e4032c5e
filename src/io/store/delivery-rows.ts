import { bodySizeBytes, bytesBody, EMPTY_BODY, type Body } from "../../core/model/body.ts";
import type {
  Attempt,
  Delivery,
  DeliveryCause,
  DeliveryStatus,
  NoResponseReason,
  Outcome,
  TargetResponse,
} from "../../core/model/delivery.ts";
import { isDelivered } from "../../core/model/delivery.ts";
import type { HeaderPairs } from "../../core/model/headers.ts";
import type { Database, Statement } from "../sqlite/open.ts";
import { decodeHeaders, encodeHeaders } from "./header-blob.ts";
import type { Spool } from "./spool.ts";

/** A delivery about to be made. */
export interface NewDelivery {
  readonly url: string;
  readonly cause: DeliveryCause;
  /** The first attempt, where it starts at once; otherwise the delivery waits as pending. */
  readonly firstAttempt?: StartedAttempt | undefined;
}

export interface StartedAttempt {
  readonly startedAtMs: number;
  readonly sentHeaders: HeaderPairs;
}

interface DeliveryRow {
  readonly id: number;
  readonly request_id: number;
  readonly session_id: number;
  readonly created_at_ms: number;
  readonly url: string;
  readonly cause: string;
  readonly status: string;
}

interface AttemptRow {
  readonly delivery_id: number;
  readonly number: number;
  readonly started_at_ms: number;
  readonly duration_ms: number | null;
  readonly sent_headers: Buffer;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly status: number | null;
  readonly status_text: string | null;
  readonly response_headers: Buffer | null;
  readonly response_size: number | null;
  readonly response_stored: number | null;
  readonly response_file: string | null;
}

const FINISH_ATTEMPT = `UPDATE attempts SET duration_ms = ?, outcome = ?, reason = ?, detail = ?, status = ?,
  status_text = ?, response_headers = ?, response_size = ?, response_stored = ?, response_file = ?
  WHERE delivery_id = ? AND number = ?`;

/** Deliveries and their attempts as rows. Writes run inside the caller's transaction. */
export class DeliveryRows {
  readonly #spool: Spool;
  readonly #insert: Statement<[number, number, number, string, string]>;
  readonly #insertAttempt: Statement<[number, number, number, Uint8Array]>;
  readonly #finishAttempt: Statement<unknown[]>;
  readonly #insertBody: Statement<[number, number, Uint8Array]>;
  readonly #setStatus: Statement<[string, number]>;
  readonly #find: Statement<[number], DeliveryRow>;
  readonly #ofRequest: Statement<[number], DeliveryRow>;
  readonly #attempts: Statement<[number], AttemptRow>;
  readonly #body: Statement<[number, number], Buffer>;
  readonly #fileInUse: Statement<[string], number>;
  readonly #interruptAttempts: Statement<[number]>;
  readonly #failPending: Statement<[number]>;

  constructor(db: Database, spool: Spool) {
    this.#spool = spool;
    this.#insert = db.prepare(
      "INSERT INTO deliveries (request_id, session_id, created_at_ms, url, cause, status) VALUES (?, ?, ?, ?, ?, 'pending')",
    );
    this.#insertAttempt = db.prepare(
      "INSERT INTO attempts (delivery_id, number, started_at_ms, sent_headers) VALUES (?, ?, ?, ?)",
    );
    this.#finishAttempt = db.prepare(FINISH_ATTEMPT);
    this.#insertBody = db.prepare("INSERT INTO response_bodies (delivery_id, number, bytes) VALUES (?, ?, ?)");
    this.#setStatus = db.prepare("UPDATE deliveries SET status = ? WHERE id = ?");
    this.#find = db.prepare("SELECT * FROM deliveries WHERE id = ?");
    this.#ofRequest = db.prepare("SELECT * FROM deliveries WHERE request_id = ? ORDER BY id");
    this.#attempts = db.prepare("SELECT * FROM attempts WHERE delivery_id = ? ORDER BY number");
    this.#body = db
      .prepare<[number, number], Buffer>("SELECT bytes FROM response_bodies WHERE delivery_id = ? AND number = ?")
      .pluck();
    this.#fileInUse = db.prepare<[string], number>("SELECT 1 FROM attempts WHERE response_file = ?").pluck();
    const pending = "SELECT id FROM deliveries WHERE status = 'pending' AND session_id = ?";
    this.#interruptAttempts = db.prepare(
      `UPDATE attempts SET outcome = 'interrupted' WHERE outcome IS NULL AND delivery_id IN (${pending})`,
    );
    this.#failPending = db.prepare(
      "UPDATE deliveries SET status = 'failed' WHERE status = 'pending' AND session_id = ?",
    );
  }

  /** @returns the new delivery's id */
  insert(requestId: number, sessionId: number, createdAtMs: number, delivery: NewDelivery): number {
    const inserted = this.#insert.run(requestId, sessionId, createdAtMs, delivery.url, delivery.cause);
    const id = Number(inserted.lastInsertRowid);
    if (delivery.firstAttempt) this.startAttempt(id, 1, delivery.firstAttempt);
    return id;
  }

  startAttempt(deliveryId: number, number: number, attempt: StartedAttempt): void {
    this.#insertAttempt.run(deliveryId, number, attempt.startedAtMs, encodeHeaders(attempt.sentHeaders));
  }

  /** Completes the attempt and settles its delivery (there is no schedule yet: one attempt decides). */
  finishAttempt(deliveryId: number, number: number, durationMs: number, outcome: Outcome): void {
    const response = outcome.kind === "response" ? outcome.response : undefined;
    const failure = outcome.kind === "no-response" ? outcome : undefined;
    const body = response?.body;
    this.#finishAttempt.run(
      durationMs,
      outcome.kind,
      failure?.reason ?? null,
      failure?.detail ?? null,
      response?.status ?? null,
      response?.statusText ?? null,
      response ? encodeHeaders(response.headers) : null,
      response?.bodySizeBytes ?? null,
      body ? bodySizeBytes(body) : null,
      body?.kind === "file" ? body.name : null,
      deliveryId,
      number,
    );
    if (body?.kind === "bytes" && body.bytes.length > 0) this.#insertBody.run(deliveryId, number, body.bytes);
    this.#setStatus.run(isDelivered(outcome) ? "delivered" : "failed", deliveryId);
  }

  /** What a dead session left running reads interrupted, and its deliveries failed. */
  interrupt(sessionId: number): void {
    this.#interruptAttempts.run(sessionId);
    this.#failPending.run(sessionId);
  }

  find(id: number): Delivery | undefined {
    const row = this.#find.get(id);
    return row && this.#toDelivery(row);
  }

  /** Oldest first, attempts and response bodies included. */
  ofRequest(requestId: number): Delivery[] {
    return this.#ofRequest.all(requestId).map((row) => this.#toDelivery(row));
  }

  usesFile(name: string): boolean {
    return this.#fileInUse.get(name) !== undefined;
  }

  #toDelivery(row: DeliveryRow): Delivery {
    return {
      id: row.id,
      requestId: row.request_id,
      sessionId: row.session_id,
      createdAtMs: row.created_at_ms,
      url: row.url,
      cause: row.cause as DeliveryCause,
      status: row.status as DeliveryStatus,
      attempts: this.#attempts.all(row.id).map((attempt) => this.#toAttempt(attempt)),
    };
  }

  #toAttempt(row: AttemptRow): Attempt {
    return {
      number: row.number,
      startedAtMs: row.started_at_ms,
      durationMs: row.duration_ms ?? undefined,
      sentHeaders: decodeHeaders(row.sent_headers),
      outcome: this.#toOutcome(row),
    };
  }

  #toOutcome(row: AttemptRow): Outcome | undefined {
    if (row.outcome === "response") return { kind: "response", response: this.#toResponse(row) };
    if (row.outcome === "no-response") {
      return { kind: "no-response", reason: row.reason as NoResponseReason, detail: row.detail ?? "" };
    }
    return row.outcome === "interrupted" ? { kind: "interrupted" } : undefined;
  }

  #toResponse(row: AttemptRow): TargetResponse {
    return {
      status: row.status ?? 0,
      statusText: row.status_text ?? "",
      headers: row.response_headers ? decodeHeaders(row.response_headers) : [],
      body: this.#readBody(row),
      bodySizeBytes: row.response_size ?? 0,
    };
  }

  #readBody(row: AttemptRow): Body {
    const sizeBytes = row.response_stored ?? 0;
    if (row.response_file !== null) {
      return this.#spool.body(row.response_file, sizeBytes);
    }
    const bytes = sizeBytes > 0 ? this.#body.get(row.delivery_id, row.number) : undefined;
    return bytes ? bytesBody(bytes) : EMPTY_BODY;
  }
}
