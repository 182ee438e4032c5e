import { expect, test } from "vitest";
import { eventObject } from "../../../../src/core/samples/event-object.ts";
import { idsFrom } from "../../../../src/core/samples/ids.ts";
import type { Maker } from "../../../../src/core/samples/sample.ts";

function about(type: string, seed = "seed"): ReturnType<typeof eventObject> {
  const maker: Maker = {
    type,
    eventId: "evt_1",
    atMs: 2_000_000,
    bornMs: 1_000_000,
    apiVersion: "",
    own: idsFrom("own"),
    ids: idsFrom(seed),
  };
  return eventObject(maker);
}

test("an event is about the resource of its type, and the fields tell the action", () => {
  const { kind, id, fields } = about("order.completed");
  expect([kind, id]).toEqual(["order", expect.stringMatching(/^ord_\w{14}$/)]);
  expect(fields).toMatchObject({ amount: 4999, currency: "usd", status: "completed" });
  expect(about("payment.failed").fields).toMatchObject({ status: "failed", failure_reason: "card_declined" });
  expect(about("order.shipped").fields).toMatchObject({ carrier: "fedex" });
});

test("of a longer type the last resource counts", () => {
  expect(about("customer.subscription.deleted")).toMatchObject({
    kind: "subscription",
    fields: { status: "canceled" },
  });
});

test("events of one call are about the same object", () => {
  expect(about("order.created").id).toBe(about("order.completed").id);
  expect(about("order.created").id).not.toBe(about("order.created", "other").id);
});

test.each(["zebra.born", "ping", "__proto__.set", "constructor", "...", "日本.語"])("%s has an object too", (type) => {
  const { kind, id, fields } = about(type);
  expect([kind.length > 0, /^[a-z]{2,4}_\w{14}$/.test(id)]).toEqual([true, true]);
  expect(fields).toMatchObject({ created_at: "1970-01-01T00:16:40Z" });
});
