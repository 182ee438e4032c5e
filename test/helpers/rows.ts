import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openDatabase } from "../../src/io/sqlite/open.ts";
import { APPLICATION_ID, migrations } from "../../src/io/store/rows/schema.ts";
import { Spool } from "../../src/io/store/disk/spool.ts";
import { temporaryFolder } from "./surroundings.ts";
import type { Database } from "../../src/io/sqlite/database.ts";

/** An empty store's database and body folder, for tests of its tables; closed when the test ends. */
export function openTables(): { readonly db: Database; readonly spool: Spool } {
  const folder = temporaryFolder();
  const path = join(folder, "hooks.db");
  const db = openDatabase({ path, migrations, applicationId: APPLICATION_ID, busyTimeoutMs: 10 });
  onTestFinished(() => void db.close());
  return { db, spool: new Spool(`${path}-bodies`, { startedAtMs: 1, pid: 1 }) };
}
