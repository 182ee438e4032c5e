import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";

/** What senders were promised: id and digest of the body that they sent. */
export type Acknowledged = ReadonlyMap<number, string>;

/** How a store compares with what senders were promised. */
export interface Comparison {
  readonly acknowledged: number;
  readonly stored: number;
  /** Ids that are not in the store at all. */
  readonly missing: readonly number[];
  /** Ids whose body is another one. */
  readonly different: readonly number[];
  /** Stored, and the sender does not know: it will come again. */
  readonly unacknowledged: number;
  /** `ok`, or what SQLite found. */
  readonly quickCheck: string;
}

export function digest(body: string | Uint8Array): string {
  return createHash("sha256").update(body).digest("hex");
}

/** Reads a store with nothing of hookcli's own, and compares every body. */
export function compareWithStore(dbPath: string, acknowledged: Acknowledged): Comparison {
  const db = new Sqlite(dbPath);
  try {
    const quickCheck = String(db.pragma("quick_check(1)", { simple: true }));
    const found = new Map<number, string>();
    for (const row of db.prepare<[], StoredRow>(ROWS).iterate()) found.set(row.id, digest(bodyOf(dbPath, row)));
    const ids = [...acknowledged.keys()];
    return {
      acknowledged: ids.length,
      stored: found.size,
      missing: ids.filter((id) => !found.has(id)),
      different: ids.filter((id) => found.has(id) && found.get(id) !== acknowledged.get(id)),
      unacknowledged: [...found.keys()].filter((id) => !acknowledged.has(id)).length,
      quickCheck,
    };
  } finally {
    db.close();
  }
}

interface StoredRow {
  readonly id: number;
  readonly file: string | null;
  readonly bytes: Buffer | null;
}

const ROWS = `SELECT requests.id, requests.body_file AS file, request_bodies.bytes FROM requests
  LEFT JOIN request_bodies ON request_bodies.request_id = requests.id`;

function bodyOf(dbPath: string, { file, bytes }: StoredRow): Buffer {
  if (file !== null) return readFileSync(join(`${dbPath}-bodies`, file));
  return bytes ?? Buffer.alloc(0);
}
