import { chmodSync, closeSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { HookcliError } from "../../core/model/errors.ts";
import { exposureOf } from "../files/exposure.ts";
import { checkOwnFile, createOwnFile, refused } from "../files/own-file.ts";
import { foreignLogDetails, loneLogDetails } from "./departure-words.ts";
import { openFailure, sqliteFailure } from "./failure.ts";
import { markOf } from "./file-mark.ts";
import { isLogOfAnother } from "./held-files.ts";
import { migrate, type Migration, schemaVersion } from "./migrate.ts";
import { loadSqlite } from "./native.ts";
import { makePrivateFolder } from "../files/own-folder.ts";
import { moveLogAside } from "./put-aside.ts";
import type { Database } from "./database.ts";

export interface OpenOptions {
  readonly path: string;
  readonly migrations: readonly Migration[];
  /** Written into the file's header, so that other programs' databases are told apart. */
  readonly applicationId: number;
  /** How long SQLite itself waits for a lock, blocking the thread. A listener keeps it short and tries again itself. */
  readonly busyTimeoutMs: number;
  /** Memory for pages that were read or written, in KiB. Default 16,000. */
  readonly cacheKib?: number;
  /** How long an open may go on against other processes that open and migrate at the same time. Default 10 s. */
  readonly patienceMs?: number;
  /**
   * A log whose database is gone is put aside, and `onAside` is told under which name. Default: STORE_MOVED, because it may
   * be the log of a process that runs.
   */
  readonly onAside?: (log: string) => void;
}

/** Before this version two connections that write and checkpoint at once could corrupt a WAL database. */
const SQLITE_FLOOR = [3, 51, 3] as const;
/**
 * Folding the log into the database holds the event loop, 10 ms for SQLite's own 1,000 pages: done less often, fewer
 * requests meet it and pages that changed again and again are copied once.
 */
const CHECKPOINT_PAGES = 4000;
/** The database, its logs and the log's index: all that SQLite may take for its own. */
const PARTS = ["", "-wal", "-shm", "-journal"] as const;
const WAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Opens (and creates) a database so that what is committed stays: WAL, every commit synced, file mode 0600 in a folder of
 * mode 0700, migrated to the newest schema. The caller closes it.
 * @throws STORE_EXPOSED, FILE_REFUSED, STORE_UNREADABLE, STORE_NOT_OURS, STORE_TOO_NEW, STORE_CORRUPT, STORE_FULL, STORE_BUSY, STORE_MOVED, SQLITE_TOO_OLD, SQLITE_UNFIT
 */
export function openDatabase(options: OpenOptions): Database {
  const patienceMs = options.patienceMs ?? 10_000;
  loadSqlite();
  const givingUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      return openOnce(options);
    } catch (error) {
      if (sqliteFailure(error) !== "busy" || performance.now() > givingUpAt)
        throw openFailure(error, options.path, patienceMs);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 + Math.random() * 20);
    }
  }
}

function openOnce(options: OpenOptions): Database {
  createPrivately(options);
  refuseUntouched(options);
  const db = new Sqlite(options.path, { timeout: options.busyTimeoutMs });
  try {
    refuseOldSqlite(db);
    refuseForeign(db, options);
    makePrivate(options.path);
    // Only for a fresh file: later SQLite ignores it and yet writes, so that opening a store on a full disk would fail.
    const isFresh = schemaVersion(db) === 0;
    if (isFresh) db.pragma("auto_vacuum = INCREMENTAL");
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("fullfsync = ON");
    db.pragma("checkpoint_fullfsync = ON");
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.pragma(`journal_size_limit = ${WAL_SIZE_LIMIT_BYTES}`);
    if (options.cacheKib !== undefined) db.pragma(`cache_size = -${options.cacheKib}`);
    db.pragma("trusted_schema = OFF");
    db.pragma("foreign_keys = ON");
    migrate(db, options);
    // Folded at once, so that the file is a whole database even where somebody copies it without its log.
    if (isFresh) db.pragma("wal_checkpoint(TRUNCATE)");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * A log whose database is not at the path. Of an empty file SQLite would delete the log, and share its index with whoever
 * still uses it: then both fail. Into another file it would fold the log.
 */
function settleLoneLog({ path, onAside }: OpenOptions): void {
  const isEmpty = (markOf(path)?.sizeBytes ?? 0) === 0;
  if (isEmpty ? !markOf(`${path}-wal`) && !markOf(`${path}-shm`) : !isLogOfAnother(path)) return;
  if (!onAside) {
    const { what, remedy } = isEmpty ? loneLogDetails(path) : foreignLogDetails(path);
    throw new HookcliError("STORE_MOVED", { path, what, remedy });
  }
  const aside = moveLogAside(path, undefined);
  if (aside !== undefined) onAside(aside);
}

/** SQLite gives -wal and -shm the mode of the database, so the file must exist with the right one before it is opened. */
function createPrivately(options: OpenOptions): void {
  const { path } = options;
  if (path === ":memory:") return;
  refuseStrange(path);
  settleLoneLog(options);
  makePrivateFolder(dirname(path));
  try {
    closeSync(createOwnFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/**
 * SQLite opens files by their names: what somebody else may have put there, or may put there at any time, is said before.
 * @throws STORE_EXPOSED, FILE_REFUSED
 */
function refuseStrange(path: string): void {
  const exposure = exposureOf(dirname(path));
  if (exposure.kind === "open") {
    const { reason, advice } = exposure;
    throw new HookcliError("STORE_EXPOSED", { path, reason, advice });
  }
  // SQLite reads a name without the blanks around it, and would open another file than the one that is looked at.
  if (path !== path.trim()) throw refused(path, "its name ends with a blank");
  for (const part of PARTS) checkOwnFile(`${path}${part}`);
}

/** A store that was copied or restored may have come with another mode; its log was opened with the same one. */
function makePrivate(path: string): void {
  if (path === ":memory:") return;
  for (const part of PARTS) {
    const found = checkOwnFile(`${path}${part}`);
    if (found && (found.mode & 0o077) !== 0) chmodSync(`${path}${part}`, 0o600);
  }
}

/** The last connection to close a database folds its log in, so a file that may not be ours is looked at read-only first. */
function refuseUntouched(options: OpenOptions): void {
  if ((statSync(`${options.path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  let db: Database | undefined;
  try {
    db = new Sqlite(options.path, { readonly: true, timeout: options.busyTimeoutMs });
    refuseForeign(db, options);
  } catch (error) {
    // Any other trouble is met again, and told, when the database is opened for real.
    if (error instanceof HookcliError) throw error;
  } finally {
    db?.close();
  }
}

function refuseOldSqlite(db: Database): void {
  const found = String(db.prepare("SELECT sqlite_version()").pluck().get());
  const parts = found.split(".").map(Number);
  for (const [index, floor] of SQLITE_FLOOR.entries()) {
    const part = parts[index] ?? 0;
    if (part > floor) return;
    if (part < floor) throw new HookcliError("SQLITE_TOO_OLD", { found, needed: SQLITE_FLOOR.join(".") });
  }
}

function refuseForeign(db: Database, { path, applicationId, migrations }: OpenOptions): void {
  // One transaction: another process may be making its first migration right now.
  const { id, version, hasTables } = db.transaction(() => ({
    id: db.pragma("application_id", { simple: true }),
    version: schemaVersion(db),
    hasTables: db.prepare("SELECT 1 FROM sqlite_master LIMIT 1").get() !== undefined,
  }))();
  if (id !== applicationId && (id !== 0 || version !== 0 || hasTables))
    throw new HookcliError("STORE_NOT_OURS", { path, reason: "it is a database of another program" });
  if (version > migrations.length)
    throw new HookcliError("STORE_TOO_NEW", { path, found: version, known: migrations.length });
}
