import { failureCode, sqliteFailure } from "../../sqlite/failure.ts";
import type { Database } from "../../sqlite/database.ts";

/** What became of one table. */
export interface SalvagedTable {
  readonly table: string;
  readonly rows: number;
  /** Keys at which nothing could be read; some of them may never have been used. */
  readonly unreadable: number;
}

interface KeyedTable {
  readonly name: string;
  readonly key: string;
  /** Its keys go no further than this table's last id. */
  readonly numberedBy: string;
}

/** In an order in which what points to another comes after it. */
const TABLES: readonly KeyedTable[] = [
  { name: "sessions", key: "id", numberedBy: "sessions" },
  { name: "requests", key: "id", numberedBy: "requests" },
  { name: "request_bodies", key: "request_id", numberedBy: "requests" },
  { name: "deliveries", key: "id", numberedBy: "deliveries" },
  { name: "attempts", key: "delivery_id", numberedBy: "deliveries" },
];

/** So many keys are read at a time: few, because a body may be 1 MiB. */
const RANGE = 32;
/** Where nothing tells how far the keys go. */
const UNKNOWN_MOST = 100_000;
/** A number beyond it was not counted up to. */
const BELIEVABLE_MOST = 1_000_000_000;

/** Copies every row that can be read into a fresh store, a few keys at a time, and passes over what cannot. */
export function salvageTables(from: Database, to: Database): SalvagedTable[] {
  const salvaged = TABLES.map((table) => salvageTable(table, from, to));
  return [...salvaged, salvageEvents(from, to)];
}

function salvageTable(table: KeyedTable, from: Database, to: Database): SalvagedTable {
  const columns = sharedColumns(table.name, from, to);
  if (columns.length === 0) return { table: table.name, rows: 0, unreadable: 0 };
  const select = from
    .prepare<[number, number], Record<string, unknown>>(
      `SELECT ${columns.join(", ")} FROM ${table.name} WHERE ${table.key} BETWEEN ? AND ?`,
    )
    // What was damaged may be any number.
    .safeIntegers();
  const insert = inserter(table.name, columns, to);
  let [rows, unreadable] = [0, 0];
  const copy = (least: number, most: number): void => {
    for (const row of select.all(least, most)) {
      if (insert(row)) rows += 1;
      else unreadable += 1;
    }
  };
  const { least, most } = keysOf(table, from);
  for (let at = least; at <= most; at += RANGE) {
    to.transaction(() => {
      const end = Math.min(most, at + RANGE - 1);
      if (worked(() => copy(at, end))) return;
      for (let key = at; key <= end; key += 1) if (!worked(() => copy(key, key))) unreadable += 1;
    })();
  }
  keepNumbering(table, most, to);
  return { table: table.name, rows, unreadable };
}

/** Keyed by text, so there is no walking around what is broken: it ends there. */
function salvageEvents(from: Database, to: Database): SalvagedTable {
  const table = "pruned_events";
  let rows = 0;
  const isWhole = worked(() => {
    const columns = sharedColumns(table, from, to);
    const insert = inserter(table, columns, to);
    const all = from.prepare<[], Record<string, unknown>>(`SELECT ${columns.join(", ")} FROM ${table}`);
    // An older store says NULL where it could not tell the provider.
    for (const row of all.iterate()) if (insert({ ...row, provider: row["provider"] ?? "" })) rows += 1;
  });
  return { table, rows, unreadable: isWhole ? 0 : 1 };
}

/** An older store lacks columns that the new one has. */
function sharedColumns(table: string, from: Database, to: Database): readonly string[] {
  const columnsOf = (db: Database): readonly string[] =>
    (db.pragma(`table_info(${table})`) as readonly { readonly name: string }[]).map(({ name }) => name);
  const there = new Set(columnsOf(from));
  return columnsOf(to).filter((name) => there.has(name));
}

/** A row that was damaged into something else does not fit the types of its columns; false: it was refused. */
function inserter(table: string, columns: readonly string[], to: Database): (row: Record<string, unknown>) => boolean {
  const blanks = columns.map(() => "?").join(", ");
  const insert = to.prepare<unknown[]>(`INSERT OR ABORT INTO ${table} (${columns.join(", ")}) VALUES (${blanks})`);
  return (row) => {
    try {
      insert.run(...columns.map((column) => row[column]));
      return true;
    } catch (error) {
      if (failureCode(error).startsWith("SQLITE_CONSTRAINT")) return false;
      throw error;
    }
  };
}

function keysOf(
  { name, key, numberedBy }: KeyedTable,
  from: Database,
): { readonly least: number; readonly most: number } {
  const numbered = askNumber(from, `SELECT seq FROM sqlite_sequence WHERE name = '${numberedBy}'`);
  const highest = askNumber(from, `SELECT max(${key}) FROM ${name}`);
  const lowest = askNumber(from, `SELECT min(${key}) FROM ${name}`);
  const known = [numbered, highest].flatMap((most) => (most !== undefined && most <= BELIEVABLE_MOST ? most : []));
  return { least: Math.max(1, lowest ?? 1), most: known.length > 0 ? Math.max(...known) : UNKNOWN_MOST };
}

function askNumber(db: Database, sql: string): number | undefined {
  let value: number | undefined;
  const ask = (): void => {
    const found = db.prepare<[], bigint | null>(sql).pluck().safeIntegers().get() ?? null;
    value = found === null ? undefined : Number(found);
  };
  return worked(ask) ? value : undefined;
}

/** Ids are never used again, not even those of rows that are lost. */
function keepNumbering({ name, numberedBy }: KeyedTable, most: number, to: Database): void {
  if (name !== numberedBy || most === UNKNOWN_MOST) return;
  to.prepare("DELETE FROM sqlite_sequence WHERE name = ?").run(name);
  to.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").run(name, most);
}

/** False where SQLite met damage, or what the disk does not give. */
function worked(run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    const failure = sqliteFailure(error);
    if (failure === "corrupt" || failure === "unwritable") return false;
    throw error;
  }
}
