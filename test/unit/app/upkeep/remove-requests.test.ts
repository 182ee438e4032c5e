import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { removeRequests, worthOf } from "../../../../src/app/upkeep/remove-requests.ts";
import { BRISK, POLITE } from "../../../../src/app/upkeep/slices.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { fillStore, spooled } from "../../../helpers/filled-store.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { openStore } from "../../../helpers/stores.ts";

test("removes all that were named, in as many slices as it takes, and says what went", async () => {
  const store = openStore();
  const ids = await fillStore(store, 700);
  const wanted = ids.slice(50);
  const promised = worthOf(store, wanted);
  const removal = await removeRequests(store, wanted, { clock: systemClock, pace: BRISK });
  expect(removal).toEqual({ requests: 650, deliveries: 650, attempts: 650, bodyBytes: 650 * 12, busy: [] });
  expect(promised).toEqual(removal);
  expect(store.upkeep.find.idsBetween(1, 9999, 9999)).toEqual(ids.slice(0, 50));
});

test("what is busy is left and named, and body files go with their rows", async () => {
  const store = openStore();
  const [busy = 0, other = 0] = await fillStore(store, 2);
  await store.insertDelivery(busy, { url: "http://localhost:1/", cause: "replay" });
  const body = await spooled(store, Buffer.alloc(3000));
  const { request } = await store.insertRequest(capturedRequest({ body }));
  const ids = [busy, other, request.id];
  expect(worthOf(store, ids)).toMatchObject({ requests: 2, busy: [busy] });
  const removal = await removeRequests(store, ids, { clock: systemClock, pace: POLITE });
  expect(removal).toMatchObject({ requests: 2, bodyBytes: 12 + 3000, busy: [busy] });
  expect(readdirSync(`${store.path}-bodies`)).toEqual([]);
  expect(store.read.countRequests()).toBe(1);
});
