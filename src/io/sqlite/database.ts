import type Sqlite from "better-sqlite3";

/** An open connection. */
export type Database = Sqlite.Database;

/** A prepared statement, by what is bound to it and what a row of it holds. */
export type Statement<Parameters extends unknown[], Row = unknown> = Sqlite.Statement<Parameters, Row>;
