import { migrations } from "../../src/io/store/rows/schema.ts";
import { SPOOL_THRESHOLD_BYTES } from "../../src/core/model/body.ts";
import { migrate } from "../../src/io/sqlite/migrate.ts";
import { APPLICATION_ID } from "../../src/io/store/rows/schema.ts";
import Sqlite from "better-sqlite3";
import { code, fence, GENERATED, page, table } from "./markdown.ts";
import { parseTable, type TableText } from "./table-text.ts";

export interface Query {
  readonly says: string;
  readonly sql: string;
}

/** Queries that the page shows; a test runs each of them on a real store. */
export const exampleQueries: readonly Query[] = [
  {
    says: "The newest ten requests",
    sql: `SELECT id, datetime(received_at_ms / 1000, 'unixepoch', 'localtime') AS received, method, target, body_size
FROM requests ORDER BY id DESC LIMIT 10`,
  },
  {
    says: "One body as text (binary ones: `hookcli show 42 --raw`)",
    sql: "SELECT CAST(bytes AS TEXT) FROM request_bodies WHERE request_id = 42",
  },
  {
    says: "The headers of one request, as they came",
    sql: "SELECT CAST(headers AS TEXT) FROM requests WHERE id = 42",
  },
  {
    says: "A field of a JSON body",
    sql: `SELECT request_id, json_extract(CAST(bytes AS TEXT), '$.type') AS type
FROM request_bodies WHERE json_valid(CAST(bytes AS TEXT)) ORDER BY request_id DESC LIMIT 10`,
  },
  {
    says: "How often each target answered with what",
    sql: `SELECT deliveries.url, coalesce(attempts.status, attempts.reason, attempts.outcome) AS answer, count(*) AS times,
  round(avg(attempts.duration_ms), 1) AS average_ms
FROM deliveries JOIN attempts ON attempts.delivery_id = deliveries.id
GROUP BY deliveries.url, answer ORDER BY times DESC`,
  },
  {
    says: "Requests that no target has accepted yet",
    sql: `SELECT request_id FROM deliveries GROUP BY request_id HAVING sum(status = 'delivered') = 0`,
  },
];

/** A database with the newest schema, in memory. The caller closes it. */
export function freshDatabase(): Sqlite.Database {
  const db = new Sqlite(":memory:");
  migrate(db, { migrations, applicationId: APPLICATION_ID });
  return db;
}

export function renderStorePage(): string {
  const tables = tablesOfSchema();
  const megabytes = SPOOL_THRESHOLD_BYTES / 1024 / 1024;
  return page(
    GENERATED,
    "# The store",
    "Everything that hookcli keeps is in one SQLite file, and you may read it with any SQLite tool, also while hookcli runs. Please do not write to it.",
    "`--db <file>` or `HOOKCLI_DB` names the file; otherwise it is `hooks.db` in `$XDG_DATA_HOME/hookcli`, which is `~/.local/share/hookcli` unless you set it (on Windows `%LOCALAPPDATA%\\hookcli\\Data`). `hookcli listen` prints where it is.",
    "## Files",
    table(
      ["file", "what it is"],
      [
        ["`hooks.db`", "the database; mode 0600, in a folder of mode 0700"],
        [
          "`hooks.db-wal`, `hooks.db-shm`",
          "SQLite's write-ahead log and its index. Committed requests may be only there: copy all three, or use `sqlite3 hooks.db '.backup copy.db'`",
        ],
        [
          "`hooks.db-bodies/`",
          `bodies larger than ${megabytes} MiB, one file each; a row names its file. Made with the first of them`,
        ],
        [
          "`hooks.db-held`",
          "which database file and which log a running listener has open together, by their inodes: the log must get into no other file",
        ],
        [
          "`hooks.db.aside-1-wal`",
          "the log of a store whose file was taken away from a running listener. Together with that file, as `hooks.db.aside-1`, it is a whole store",
        ],
        [
          "`hooks.db-ballast`",
          "1 MiB that a listener holds ready: it is given up when the disk is full, so that SQLite has room to tidy up",
        ],
      ],
    ),
    `The file says that it is hookcli's: its application id is ${code(`0x${APPLICATION_ID.toString(16)}`)} ("hook"), and \`PRAGMA user_version\` is the version of the schema, now ${migrations.length}. A newer hookcli brings an older file up to date when it opens it; an older hookcli refuses a newer file and changes nothing.`,
    "## Tables",
    "Times are milliseconds since 1970 (UTC), sizes are bytes, ids are never used again. `NULL` has a meaning wherever it may stand.",
    ...tables.map(renderTable),
    "## Queries",
    "With the command line tool of SQLite:",
    fence('sqlite3 -readonly -box ~/.local/share/hookcli/hooks.db "SELECT count(*) FROM requests"', "sh"),
    ...exampleQueries.flatMap(({ says, sql }) => [`${says}:`, fence(sql, "sql")]),
  );
}

function tablesOfSchema(): readonly TableText[] {
  const db = freshDatabase();
  try {
    return db
      .prepare<[], string>(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
      )
      .pluck()
      .all()
      .map((sql) => {
        const parsed = parseTable(sql);
        const names = db.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(parsed.name);
        if (names.join() !== parsed.columns.map(({ name }) => name).join())
          throw new Error(`the columns of ${parsed.name} could not be read from its text`);
        return parsed;
      });
  } finally {
    db.close();
  }
}

function renderTable({ name, says, columns }: TableText): string {
  const rows = columns.map((column) => [
    code(column.name),
    column.type.toLowerCase() + (column.isNullable ? " or NULL" : ""),
    column.says,
  ]);
  return `### ${name}\n\n${says}\n\n${table(["column", "type", "meaning"], rows)}`;
}
