import { expect, test } from "vitest";
import { capturedRequest } from "../../../helpers/samples.ts";
import { openStore } from "../../../helpers/stores.ts";

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
});
