import { expect, test } from "vitest";
import type { DeliveryCause } from "../../../../../src/core/model/delivery.ts";
import { ChangeRows } from "../../../../../src/io/store/rows/change-rows.ts";
import { DeliveryRows } from "../../../../../src/io/store/rows/delivery-rows.ts";
import { RequestRows } from "../../../../../src/io/store/rows/request-rows.ts";
import { openTables } from "../../../../helpers/rows.ts";
import { answered, capturedRequest } from "../../../../helpers/samples.ts";
import { finishRows } from "../../../../helpers/finish.ts";

test("replays that are settled are changes, numbered in their order; what is simply forwarded is none", () => {
  const { db, spool } = openTables();
  const changes = new ChangeRows(db);
  expect(changes.latest()).toBe(0);
  expect(changes.after(0, 10)).toEqual([]);

  const requests = new RequestRows(db, spool);
  const deliveries = new DeliveryRows(db, spool);
  const requestId = requests.insert(capturedRequest(), { sessionId: 1, event: {} });
  const insert = (cause: DeliveryCause): number => deliveries.insert(requestId, 1, 0, { url: "http://a/", cause });
  const [first, forwarded, second] = [insert("replay"), insert("forward"), insert("replay")];
  for (const deliveryId of [second, forwarded, first]) {
    deliveries.startAttempt(deliveryId, { number: 1, startedAtMs: 0 });
    const attempt = { deliveryId, number: 1, startedAtMs: 0, durationMs: 1, sentHeaders: [] };
    finishRows(deliveries, { ...attempt, outcome: answered(200) });
  }

  const all = [
    { seq: 1, kind: "delivery", rowId: second },
    { seq: 2, kind: "delivery", rowId: first },
  ];
  expect(changes.after(0, 10)).toEqual(all);
  expect(changes.after(1, 1)).toEqual(all.slice(1, 2));
  expect(changes.after(0, 1)).toEqual(all.slice(0, 1));
  expect(changes.latest()).toBe(2);
});

test("what is rolled back leaves no change", () => {
  const { db, spool } = openTables();
  const deliveries = new DeliveryRows(db, spool);
  const deliveryId = deliveries.insert(1, 1, 0, {
    url: "http://a/",
    cause: "replay",
    attempt: { number: 1, startedAtMs: 0 },
  });
  const fail = db.transaction(() => {
    const attempt = { deliveryId, number: 1, startedAtMs: 0, durationMs: 1, sentHeaders: [] };
    finishRows(deliveries, { ...attempt, outcome: answered(200) });
    throw new Error("no");
  });
  expect(fail).toThrow("no");
  expect(new ChangeRows(db).latest()).toBe(0);
});
