import { expect, test } from "vitest";
import { buildEvent, type EventRecipe } from "../../../../src/core/samples/build-event.ts";
import type { Samples } from "../../../../src/core/samples/sample.ts";

const samples: Samples = {
  provider: "shop",
  source: "",
  types: [],
  eventId: (own) => `evt_${own.hex("event", 8)}`,
  apiVersion: "v1",
  snapshot: "data",
};

function built(wanted: Partial<EventRecipe> = {}): ReturnType<typeof buildEvent> {
  return buildEvent({
    samples,
    build: ({ eventId, type, apiVersion, ids, own, atMs, bornMs }) => ({
      eventId,
      type,
      apiVersion,
      times: [bornMs, atMs],
      own: own.hex("x", 8),
      data: { id: ids.hex("x", 8) },
    }),
    type: "order.created",
    eventId: undefined,
    seed: "seed",
    index: 0,
    atMs: 2000,
    bornMs: 1000,
    apiVersion: undefined,
    isThin: false,
    ...wanted,
  });
}

function fields(wanted: Partial<EventRecipe> = {}): Readonly<Record<string, unknown>> {
  return JSON.parse(built(wanted).text) as Readonly<Record<string, unknown>>;
}

test("an event is made of its recipe alone", () => {
  const event = built();
  expect(event).toEqual(built());
  expect(event.eventId).toMatch(/^evt_[0-9a-f]{8}$/);
  expect(fields()).toMatchObject({
    eventId: event.eventId,
    type: "order.created",
    apiVersion: "v1",
    times: [1000, 2000],
  });
});

test("events of one seed share the ids of objects, and nothing that is their own", () => {
  const [first, second] = [fields(), fields({ index: 1 })];
  expect(second["data"]).toEqual(first["data"]);
  expect([second["own"] === first["own"], second["eventId"] === first["eventId"]]).toEqual([false, false]);
  expect(fields({ seed: "other" })["data"]).not.toEqual(first["data"]);
});

test("id and version that are asked for are taken", () => {
  expect(fields({ eventId: "evt_1", apiVersion: "v2" })).toMatchObject({ eventId: "evt_1", apiVersion: "v2" });
});

test("a thin one leaves out what it is about, where there is such a field", () => {
  expect(fields({ isThin: true })).not.toHaveProperty("data");
  expect(buildEvent({ ...recipe(), build: () => [1, 2] }).text).toBe("[1,2]");
});

function recipe(): EventRecipe {
  return {
    samples,
    build: () => null,
    type: "x",
    eventId: undefined,
    seed: "",
    index: 0,
    atMs: 0,
    bornMs: 0,
    apiVersion: undefined,
    isThin: true,
  };
}
