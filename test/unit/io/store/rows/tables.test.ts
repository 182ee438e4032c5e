import { expect, test } from "vitest";
import { openTables } from "../../../../../src/io/store/rows/tables.ts";
import { openTables as openDatabaseAndSpool } from "../../../../helpers/rows.ts";

test("the tables of a fresh store are all there, and empty", () => {
  const { db, spool } = openDatabaseAndSpool();
  const tables = openTables(db, spool);
  expect(tables.requests.count()).toBe(0);
  expect(tables.deliveries.find(1)).toBeUndefined();
  expect(tables.sessions.unended()).toEqual([]);
  expect(tables.links.trailOf("127.0.0.1:1 127.0.0.1:2")).toBeUndefined();
  expect(tables.changes.latest()).toEqual({ seq: 0, newestRequestId: 0 });
  expect(tables.matchingIds.after(0, { where: "TRUE", parameters: [] }, 1)).toEqual([]);
});
