import type { SpoolName } from "../../../core/model/body.ts";
import { schemaVersion } from "../../sqlite/migrate.ts";
import type { Spool } from "../disk/spool.ts";
import type { Database } from "../../sqlite/database.ts";
import { storedTime } from "../rows/stored-values.ts";

/** What a store holds, counted. */
export interface StoreFacts {
  readonly schemaVersion: number;
  /** All of them, malformed ones included. */
  readonly requests: number;
  readonly malformed: number;
  readonly deliveries: number;
  readonly attempts: number;
  /** Ids of events whose requests were removed. */
  readonly prunedEvents: number;
  /** The requests with the lowest and the highest id; undefined where there is none. */
  readonly oldest: StoredEdge | undefined;
  readonly newest: StoredEdge | undefined;
}

export interface StoredEdge {
  readonly id: number;
  readonly receivedAtMs: number;
}

/** What is wrong between the rows and the body folder. */
export interface BodyFindings {
  /** Rows name them, and they are not there, shorter than they were, or no files of ours: those bodies are lost. */
  readonly missing: readonly string[];
  /** No row names them: a killed process left them, or a request is on its way into the store. */
  readonly stray: readonly SpoolName[];
}

interface NamedFile {
  readonly name: string;
  readonly bytes: number;
}

const COUNTS = `SELECT (SELECT count(*) FROM requests) AS requests,
  (SELECT count(*) FROM requests WHERE completeness = 'malformed') AS malformed,
  (SELECT count(*) FROM deliveries) AS deliveries, (SELECT count(*) FROM attempts) AS attempts,
  (SELECT count(*) FROM pruned_events) AS prunedEvents`;
const FILES = `SELECT body_file AS name, body_size AS bytes FROM requests WHERE body_file IS NOT NULL
  UNION ALL SELECT response_file, response_stored FROM attempts WHERE response_file IS NOT NULL`;
const EDGE = "SELECT id, received_at_ms AS receivedAtMs FROM requests";

/** Counts everything; takes time in a large store. */
export function storeFacts(db: Database): StoreFacts {
  const counts = db.prepare<[], Omit<StoreFacts, "schemaVersion" | "oldest" | "newest">>(COUNTS).get();
  const edge = (order: "ASC" | "DESC"): StoredEdge | undefined => {
    const found = db.prepare<[], StoredEdge>(`${EDGE} ORDER BY id ${order} LIMIT 1`).get();
    return found && { ...found, receivedAtMs: storedTime(found.receivedAtMs) };
  };
  return {
    schemaVersion: schemaVersion(db),
    ...(counts ?? { requests: 0, malformed: 0, deliveries: 0, attempts: 0, prunedEvents: 0 }),
    oldest: edge("ASC"),
    newest: edge("DESC"),
  };
}

/** Holds the rows against the body folder. */
export async function findBodies(db: Database, spool: Spool): Promise<BodyFindings> {
  const before = await spool.files();
  const named = db.prepare<[], NamedFile>(FILES).all();
  const known: ReadonlySet<string> = new Set(named.map(({ name }) => name));
  // Looked at again, because a file is there before the row that names it.
  const sizes: ReadonlyMap<string, number> = new Map(
    (await spool.files()).map(({ name, sizeBytes }) => [name, sizeBytes]),
  );
  return {
    missing: named.filter(({ name, bytes }) => !((sizes.get(name) ?? Number.NaN) >= bytes)).map(({ name }) => name),
    stray: before.map(({ name }) => name).filter((name) => !known.has(name)),
  };
}
