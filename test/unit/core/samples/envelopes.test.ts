import { expect, test } from "vitest";
import { envelopes, findEnvelope } from "../../../../src/core/samples/envelopes.ts";
import { idsFrom } from "../../../../src/core/samples/ids.ts";
import type { JsonFields, Maker } from "../../../../src/core/samples/sample.ts";

const maker: Maker = {
  type: "order.shipped",
  eventId: "evt_abc123",
  atMs: Date.UTC(2024, 2, 15, 10, 30),
  bornMs: 0,
  apiVersion: "2024-03-15",
  own: idsFrom("own"),
  ids: idsFrom("shared"),
};
const order = { kind: "order", id: "order_456", fields: { carrier: "fedex", address: { city: "Anytown" } } };

function enveloped(name: string): JsonFields | undefined {
  return findEnvelope(name)?.build(maker, order);
}

test.each([
  [
    "000",
    {
      id: "evt_abc123",
      type: "order.shipped",
      created_at: "2024-03-15T10:30:00Z",
      api_version: "2024-03-15",
      data: { object: "order", id: "order_456", carrier: "fedex", address: { city: "Anytown" } },
    },
  ],
  [
    "001",
    {
      event: "order.shipped",
      data: { order: { id: "order_456", carrier: "fedex" }, address: { city: "Anytown" } },
      timestamp: 1_710_498_600,
    },
  ],
  [
    "event-flat",
    {
      id: "evt_abc123",
      event: "order.shipped",
      timestamp: 1_710_498_600,
      order: { id: "order_456", carrier: "fedex" },
      address: { city: "Anytown" },
    },
  ],
  [
    "002",
    {
      id: "evt_abc123",
      type: "order.shipped",
      api_version: "2024-03-15",
      created: "2024-03-15T10:30:00Z",
      data: { object: { id: "order_456", carrier: "fedex", address: { city: "Anytown" } } },
    },
  ],
  [
    "002-flat",
    {
      id: "evt_abc123",
      type: "order.shipped",
      created: "2024-03-15T10:30:00Z",
      data: { order_id: "order_456", carrier: "fedex", address: { city: "Anytown" } },
    },
  ],
  [
    "003",
    {
      id: "evt_abc123",
      object: "event",
      type: "order.shipped",
      created: 1_710_498_600,
      data: { object: { id: "order_456", object: "order", carrier: "fedex", address: { city: "Anytown" } } },
    },
  ],
  [
    "004",
    {
      event_type: "order.shipped",
      timestamp: "2024-03-15T10:30:00Z",
      data: { order_id: "order_456", carrier: "fedex", address: { city: "Anytown" } },
    },
  ],
  [
    "standard",
    {
      type: "order.shipped",
      timestamp: "2024-03-15T10:30:00.000Z",
      data: { id: "order_456", carrier: "fedex", address: { city: "Anytown" } },
    },
  ],
])("the form %s, field by field and in its order", (name, expected) => {
  expect(JSON.stringify(enveloped(name))).toBe(JSON.stringify(expected));
});

test("names and other names differ, and nothing else is a form", () => {
  const names = envelopes.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias]));
  expect(names).toEqual([...new Set(names)]);
  expect(enveloped("005")).toBeUndefined();
});
