import type { SessionRecord } from "../../../core/model/session.ts";
import { storedList, storedTime } from "./stored-values.ts";
import type { Database, Statement } from "../../sqlite/database.ts";

export type NewSession = Omit<SessionRecord, "id" | "endedAtMs">;

interface SessionRow {
  readonly id: number;
  readonly command: string;
  readonly pid: number;
  readonly process_mark: string;
  readonly started_at_ms: number;
  readonly ended_at_ms: number | null;
  readonly capture_url: string | null;
  readonly targets: string;
  readonly directory: string;
}

/** Sessions as rows. Writes run inside the caller's transaction. */
export class SessionRows {
  readonly #insert: Statement<unknown[]>;
  readonly #see: Statement<[number, number]>;
  readonly #end: Statement<[number, number]>;
  readonly #open: Statement<[], SessionRow>;

  constructor(db: Database) {
    this.#insert =
      db.prepare(`INSERT INTO sessions (command, pid, process_mark, started_at_ms, seen_at_ms, first_delivery_id,
      capture_url, targets, directory) VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) + 1 FROM deliveries), ?, ?, ?)`);
    this.#see = db.prepare("UPDATE sessions SET seen_at_ms = ? WHERE id = ?");
    this.#end = db.prepare("UPDATE sessions SET ended_at_ms = ? WHERE id = ?");
    this.#open = db.prepare("SELECT * FROM sessions WHERE ended_at_ms IS NULL ORDER BY id DESC");
  }

  /** @returns the new session's id */
  insert(session: NewSession): number {
    const { lastInsertRowid } = this.#insert.run(
      session.command,
      session.pid,
      session.processMark,
      session.startedAtMs,
      session.startedAtMs,
      session.captureUrl ?? null,
      JSON.stringify(session.targets),
      session.directory,
    );
    return Number(lastInsertRowid);
  }

  /** A write that changes nothing anybody reads: proof that writing works. */
  see(id: number, nowMs: number): void {
    this.#see.run(nowMs, id);
  }

  end(id: number, nowMs: number): void {
    this.#end.run(nowMs, id);
  }

  /** Sessions without an end, newest first; some of them may have been killed. */
  unended(): SessionRecord[] {
    return this.#open.all().map((row) => ({
      id: row.id,
      command: row.command,
      pid: row.pid,
      processMark: row.process_mark,
      startedAtMs: storedTime(row.started_at_ms),
      endedAtMs: storedTime(row.ended_at_ms),
      captureUrl: row.capture_url ?? undefined,
      targets: storedList(row.targets, isText),
      directory: row.directory,
    }));
  }
}

function isText(item: unknown): item is string {
  return typeof item === "string";
}
