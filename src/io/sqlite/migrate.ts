import type { Database } from "./database.ts";

/** SQL that takes the schema from version n to n + 1; n is its place in the list. Never edited once released. */
export type Migration = string;

/**
 * Brings the schema to the newest version, each step in a transaction of its own. Safe against other processes that do the
 * same: the version is read again under the write lock.
 */
export function migrate(
  db: Database,
  { migrations, applicationId }: { migrations: readonly Migration[]; applicationId: number },
): void {
  while (schemaVersion(db) < migrations.length) {
    db.transaction(() => {
      const version = schemaVersion(db);
      const migration = migrations[version];
      if (migration === undefined) return;
      db.exec(migration);
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${version + 1}`);
    }).immediate();
  }
}

export function schemaVersion(db: Database): number {
  return Number(db.pragma("user_version", { simple: true }));
}
