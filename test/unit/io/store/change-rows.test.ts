import { expect, test } from "vitest";
import { ChangeRows } from "../../../../src/io/store/change-rows.ts";
import { DeliveryRows } from "../../../../src/io/store/delivery-rows.ts";
import { RequestRows } from "../../../../src/io/store/request-rows.ts";
import { openTables } from "../../../helpers/rows.ts";
import { answered } from "../../../helpers/samples.ts";
import { capturedRequest } from "../../../helpers/stores.ts";

test("requests that are stored and deliveries that are settled are changes, numbered in their order", () => {
  const { db, spool } = openTables();
  const changes = new ChangeRows(db);
  expect(changes.latest()).toBe(0);
  expect(changes.after(0, 10)).toEqual([]);

  const requests = new RequestRows(db, spool);
  const deliveries = new DeliveryRows(db, spool);
  const requestId = requests.insert(capturedRequest(), 1, undefined);
  const deliveryId = deliveries.insert(requestId, 1, 0, { url: "http://a/", cause: "forward" });
  deliveries.startAttempt(deliveryId, 1, 0);
  deliveries.finishAttempt({
    deliveryId,
    number: 1,
    startedAtMs: 0,
    durationMs: 1,
    sentHeaders: [],
    outcome: answered(200),
  });
  requests.insert(capturedRequest(), 1, undefined);

  const all = [
    { seq: 1, kind: "request", rowId: requestId },
    { seq: 2, kind: "delivery", rowId: deliveryId },
    { seq: 3, kind: "request", rowId: requestId + 1 },
  ];
  expect(changes.after(0, 10)).toEqual(all);
  expect(changes.after(1, 1)).toEqual(all.slice(1, 2));
  expect(changes.latest()).toBe(3);
});

test("what is rolled back leaves no change", () => {
  const { db, spool } = openTables();
  const requests = new RequestRows(db, spool);
  const fail = db.transaction(() => {
    requests.insert(capturedRequest(), 1, undefined);
    throw new Error("no");
  });
  expect(fail).toThrow("no");
  expect(new ChangeRows(db).latest()).toBe(0);
});
