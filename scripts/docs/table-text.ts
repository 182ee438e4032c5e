/** A table as its `CREATE TABLE` text tells it, comments and all. */
export interface TableText {
  readonly name: string;
  /** The comment behind the opening parenthesis. */
  readonly says: string;
  readonly columns: readonly ColumnText[];
}

export interface ColumnText {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  /** The comment behind it; empty where it says enough by its name. */
  readonly says: string;
}

/** Columns that a later migration added: SQLite puts them behind each other, with their comments. */
const ADDED_COLUMN = /,?\s*([a-z]\w* [A-Z]+[^,\n]*?) \/\* (.*?) \*\//g;

/** Reads one column a line, as the migrations are written. */
export function parseTable(sql: string): TableText {
  const oneEach = sql.replaceAll(ADDED_COLUMN, "\n$1 -- $2\n");
  const [head = "", ...lines] = oneEach.split("\n").map((line) => line.trim());
  const name = /^CREATE TABLE (\w+)/.exec(head)?.[1] ?? "";
  const columns: ColumnText[] = [];
  let says = "";
  for (const line of lines) {
    const [definition, comment] = split(line);
    const column = /^([a-z]\w*) ([A-Z]+)\b(.*)$/.exec(definition);
    if (column) columns.push(toColumn(column, comment));
    else if (definition === "" && says === "") says = comment;
  }
  return { name, says, columns };
}

function toColumn([, name = "", type = "", rest = ""]: RegExpExecArray, comment: string): ColumnText {
  return { name, type, isNullable: !/NOT NULL|PRIMARY KEY/.test(rest), says: comment };
}

function split(line: string): readonly [definition: string, comment: string] {
  const at = line.indexOf("--");
  return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 2).trim()];
}
