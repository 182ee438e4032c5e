import { join } from "node:path";
import { expect, test } from "vitest";
import { capturedRequest, SAMPLE_TIME_MS } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("a request is found by id, as the latest, as the latest of a type and by its event", async () => {
  const store = openStore();
  const types = ["order.completed", "order.refunded", "invoice.paid", "order[x]"];
  for (const eventType of types) {
    await store.insertRequest(capturedRequest(), { event: { eventId: `evt_${eventType}`, eventType } });
  }
  await store.insertRequest(capturedRequest(), { event: { eventId: "evt_invoice.paid" } });
  await store.insertRequest(capturedRequest({ completeness: "malformed" }), { event: { eventType: "order.late" } });

  const idOf = (reference: Parameters<typeof store.read.findRequest>[0]) => store.read.findRequest(reference)?.id;
  expect(idOf({ kind: "id", id: 2 })).toBe(2);
  expect(idOf({ kind: "latest", back: 0 })).toBe(5);
  expect(idOf({ kind: "latest", back: 0, typeGlob: "order.*" })).toBe(2);
  expect(idOf({ kind: "latest", back: 1, typeGlob: "order.*" })).toBe(1);
  expect(idOf({ kind: "latest", back: 0, typeGlob: "order[x]" })).toBe(4);
  expect(idOf({ kind: "latest", back: 0, typeGlob: "order.complete?" })).toBeUndefined();
  expect(idOf({ kind: "event", eventId: "evt_invoice.paid" })).toBe(5);
  expect(idOf({ kind: "event", eventId: "evt_none" })).toBeUndefined();
  // The id alone, without reading the request: one that was named by it may not be there.
  expect(store.read.requestId({ kind: "latest", back: 0, typeGlob: "order.*" })).toBe(2);
  expect(store.read.requestId({ kind: "id", id: 99 })).toBe(99);
  expect(store.read.requestId({ kind: "event", eventId: "evt_none" })).toBeUndefined();
});

test("a session knows the newest request that was there when it started, whatever an older one stores meanwhile", async () => {
  const path = join(temporaryFolder(), "hooks.db");
  const [older, newer] = [openStore({ path }), openStore({ path })];
  await older.beginSession(sampleSession());
  const startedAtMs = SAMPLE_TIME_MS + 1000;
  const id = await newer.beginSession(sampleSession({ startedAtMs }));
  expect(newer.read.newestBefore({ id, startedAtMs })).toBe(0);

  await older.insertRequest(capturedRequest({ receivedAtMs: startedAtMs - 1 }));
  await newer.insertRequest(capturedRequest({ receivedAtMs: startedAtMs + 1 }));
  await older.insertRequest(capturedRequest({ receivedAtMs: startedAtMs + 2 }));
  // A clock that was put back meanwhile.
  await newer.insertRequest(capturedRequest({ receivedAtMs: startedAtMs - 5 }));
  expect(newer.read.newestBefore({ id, startedAtMs })).toBe(1);
});
