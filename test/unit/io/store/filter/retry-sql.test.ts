import { expect, test } from "vitest";
import { parseFilter } from "../../../../../src/core/filter/parse-filter.ts";
import type { CapturedRequest, EventFacts } from "../../../../../src/core/model/request.ts";
import { filterSql } from "../../../../../src/io/store/filter/filter-sql.ts";
import { sameEventSql, sameSizeSql, withoutEventSql } from "../../../../../src/io/store/filter/retry-sql.ts";
import type { Store } from "../../../../../src/io/store/store.ts";
import { capturedRequest, textBody } from "../../../../helpers/samples.ts";
import { lookInto, openStore } from "../../../../helpers/stores.ts";

async function filled(): Promise<Store> {
  const store = openStore();
  const put = (changes: Partial<CapturedRequest>, event: EventFacts) =>
    store.insertRequest(capturedRequest(changes), { event });
  await put({}, { eventId: "evt_1", provider: "stripe" });
  await put({}, { eventId: "evt_1", provider: "paddle" });
  await put({ origin: "edit" }, { eventId: "evt_1", provider: "stripe" });
  await put({}, { eventId: "evt_1" });
  await put({ body: textBody("12345") }, {});
  await put({ body: textBody("12345"), target: "/other" }, {});
  await put({ body: textBody("12345") }, { provider: "stripe" });
  await put({ body: textBody("") }, {});
  return store;
}

function idsOf(store: Store, filter: ReturnType<typeof sameEventSql>): readonly number[] {
  return store.read.listRequests({ limit: 99, includeMalformed: false, filter }).map(({ request }) => request.id);
}

test("an event belongs to its provider, and what a person made is no attempt of it", async () => {
  const store = await filled();
  expect(idsOf(store, sameEventSql("evt_1", "stripe"))).toEqual([1]);
  expect(idsOf(store, sameEventSql("evt_1", undefined))).toEqual([4]);
});

test("bodies may be the same where address, sender and size are", async () => {
  const store = await filled();
  expect(idsOf(store, sameSizeSql({ method: "POST", target: "/hooks" }, 5))).toEqual([5]);
  expect(idsOf(store, sameSizeSql({ method: "POST", target: "/hooks", provider: "stripe" }, 5))).toEqual([7]);
});

test("a filter can be held to what names no event and has a body", async () => {
  const store = await filled();
  expect(idsOf(store, withoutEventSql(filterSql(parseFilter(""), 0)))).toEqual([7, 6, 5]);
  expect(idsOf(store, withoutEventSql(filterSql(parseFilter("path:/other"), 0)))).toEqual([6]);
});

test("an event is found by its index", () => {
  const { where } = sameEventSql("evt_1", "stripe");
  const plan = lookInto(openStore().path)
    .prepare<unknown[], { readonly detail: string }>(
      `EXPLAIN QUERY PLAN SELECT requests.id FROM requests WHERE requests.id < 9 AND requests.id >= 0 AND ${where} ORDER BY requests.id DESC LIMIT 9`,
    )
    .all("evt_1", "stripe");
  expect(plan.map(({ detail }) => detail).join()).toMatch(/USING INDEX requests_by_event_id/);
});
