import { lstatSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { HookcliError } from "../../../core/model/errors.ts";
import { parseSpoolName } from "../../../core/model/body.ts";
import { copyRegularFile } from "../../files/copy-file.ts";
import { isOwnFolder, makeOwnFolder, makePrivateFolder, syncFolder } from "../../files/own-folder.ts";
import { openDatabase } from "../../sqlite/open.ts";
import { openDamaged } from "../../sqlite/open-damaged.ts";
import { openFailure } from "../../sqlite/failure.ts";
import { type SalvagedTable, salvageTables } from "./salvage.ts";
import { APPLICATION_ID, migrations } from "../rows/schema.ts";
import type { Database } from "../../sqlite/database.ts";

/** What could be saved of a damaged store. */
export interface RecoveredStore {
  readonly tables: readonly SalvagedTable[];
  /** Large bodies that were copied, and those whose file was not there any more. */
  readonly files: number;
  readonly missingFiles: number;
  /** Requests that lost their body; they read as partial now. */
  readonly withoutBody: number;
}

/** What of a body is missing is said where every reader looks. */
const MARK_BODILESS = `UPDATE requests SET completeness = iif(completeness = 'malformed', completeness, 'partial'),
  body_size = 0 WHERE body_size > 0 AND body_file IS NULL
  AND NOT EXISTS (SELECT 1 FROM request_bodies WHERE request_id = requests.id AND length(bytes) = body_size)`;
const FILES = `SELECT body_file FROM requests WHERE body_file IS NOT NULL
  UNION SELECT response_file FROM attempts WHERE response_file IS NOT NULL`;

/**
 * Saves what can be read of a damaged store into a new one at `toPath`. The damaged one is copied first, because merely to
 * open a database may write to it.
 * @throws FILE_EXISTS, FILE_UNREADABLE, FILE_REFUSED, STORE_EXPOSED, STORE_NOT_OURS where its first page is lost, STORE_FULL, STORE_UNREADABLE
 */
export async function recoverStore(fromPath: string, toPath: string): Promise<RecoveredStore> {
  if (isThere(toPath)) throw new HookcliError("FILE_EXISTS", { path: toPath, again: "remove it first" });
  makePrivateFolder(dirname(toPath));
  const folder = mkdtempSync(join(dirname(toPath), ".hookcli-recover-"));
  try {
    const from = openDamaged(await copyInto(folder, fromPath), APPLICATION_ID);
    try {
      return await recoverFrom(from, fromPath, toPath);
    } finally {
      from.close();
    }
  } catch (error) {
    throw namingDamaged(error, folder, fromPath);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function recoverFrom(from: Database, fromPath: string, toPath: string): Promise<RecoveredStore> {
  const to = openDatabase({ path: toPath, migrations, applicationId: APPLICATION_ID, busyTimeoutMs: 1000 });
  try {
    const tables = salvageTables(from, to);
    const withoutBody = to.prepare(MARK_BODILESS).run().changes;
    const names = to.prepare<[], string>(FILES).pluck().all();
    const files = await copyBodies(`${fromPath}-bodies`, `${toPath}-bodies`, names);
    return { tables, files, missingFiles: names.length - files, withoutBody };
  } catch (error) {
    throw openFailure(error, toPath, 0);
  } finally {
    to.close();
  }
}

/** @returns the path of the copy */
async function copyInto(folder: string, path: string): Promise<string> {
  const copy = join(folder, "damaged.db");
  try {
    await copyRegularFile(path, copy);
    if (isThere(`${path}-wal`)) await copyRegularFile(`${path}-wal`, `${copy}-wal`);
  } catch (error) {
    if (error instanceof HookcliError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new HookcliError("FILE_UNREADABLE", { path, reason }, { cause: error });
  }
  return copy;
}

/** @returns how many were there */
async function copyBodies(from: string, to: string, stored: readonly string[]): Promise<number> {
  // A damaged row may name anything.
  const names = stored.flatMap((name) => parseSpoolName(name) ?? []);
  if (names.length === 0 || !isOwnFolder(from)) return 0;
  makeOwnFolder(to);
  let copied = 0;
  for (const name of names) {
    const isCopied = await copyRegularFile(join(from, name), join(to, name)).then(
      () => true,
      () => false,
    );
    if (isCopied) copied += 1;
  }
  syncFolder(to);
  return copied;
}

/** Also a link that leads nowhere. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The copy is nobody's affair. */
function namingDamaged(error: unknown, folder: string, path: string): unknown {
  if (!(error instanceof HookcliError) || !String(error.details["path"] ?? "").startsWith(folder)) return error;
  return new HookcliError(error.code, { ...error.details, path }, { cause: error });
}
