import { expect, test } from "vitest";
import { filterSql } from "../../../../../src/io/store/filter/filter-sql.ts";
import { parseFilter } from "../../../../../src/core/filter/parse-filter.ts";
import { capturedRequest, SAMPLE_TIME_MS } from "../../../../helpers/samples.ts";
import { openStore } from "../../../../helpers/stores.ts";

test("ids come oldest first, in pages, and only those that the filter lets through", async () => {
  const store = openStore();
  for (const method of ["POST", "PUT", "POST", "POST", "PUT", "POST"]) {
    await store.insertRequest(capturedRequest({ method }));
  }
  const filter = filterSql(parseFilter("method:post"), SAMPLE_TIME_MS);
  expect(store.read.matchingIds(0, filter, 3)).toEqual([1, 3, 4]);
  expect(store.read.matchingIds(4, filter, 3)).toEqual([6]);
  expect(store.read.matchingIds(6, filter, 3)).toEqual([]);
  expect(store.read.matchingIds(0, filterSql([], SAMPLE_TIME_MS), 10)).toEqual([1, 2, 3, 4, 5, 6]);
});
