import { expect, test } from "vitest";
import { prepareInsert } from "../../../../../src/io/store/rows/insert-columns.ts";
import { openTables } from "../../../../helpers/rows.ts";

interface Pair {
  readonly name: string;
  readonly size?: number;
}

test("each value stands in its column, whatever their order, and undefined is NULL", () => {
  const { db } = openTables();
  db.exec("CREATE TABLE pairs (id INTEGER PRIMARY KEY, size INTEGER, name TEXT NOT NULL, bytes BLOB)");
  const insert = prepareInsert<Pair>(db, "pairs", {
    bytes: ({ name }) => Buffer.from(name),
    name: ({ name }) => name,
    size: ({ size }) => size,
  });
  expect([insert({ name: "a", size: 7 }), insert({ name: "b" })]).toEqual([1, 2]);
  expect(db.prepare("SELECT * FROM pairs").all()).toEqual([
    { id: 1, size: 7, name: "a", bytes: Buffer.from("a") },
    { id: 2, size: null, name: "b", bytes: Buffer.from("b") },
  ]);
});

test("a column that is not there is told when it is prepared", () => {
  const { db } = openTables();
  expect(() => prepareInsert(db, "changes", { nowhere: () => 1 })).toThrow("no column named nowhere");
});
