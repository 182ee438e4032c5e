import { expect, test } from "vitest";
import { StatementCache } from "../../../../../src/io/store/rows/statement-cache.ts";
import { openTables } from "../../../../helpers/rows.ts";

test("a text is prepared once, as long as it is used; the one not used for the longest time goes", () => {
  const cache = new StatementCache<[], { readonly one: number }>(openTables().db);
  const first = cache.prepared("SELECT 1 AS one");
  expect(first.get()).toEqual({ one: 1 });
  for (let at = 0; at < 40; at++) {
    cache.prepared(`SELECT ${at} AS other`);
    expect(cache.prepared("SELECT 1 AS one")).toBe(first);
  }
  const early = cache.prepared("SELECT 39 AS other");
  for (let at = 100; at < 120; at++) cache.prepared(`SELECT ${at} AS other`);
  expect(cache.prepared("SELECT 39 AS other")).not.toBe(early);
});
