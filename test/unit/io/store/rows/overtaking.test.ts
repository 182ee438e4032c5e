import { expect, test } from "vitest";
import type { CapturedRequest, EventFacts } from "../../../../../src/core/model/request.ts";
import { capturedRequest } from "../../../../helpers/samples.ts";
import { lookInto, openStore } from "../../../../helpers/stores.ts";

const HOUR = 3_600_000;

function event(eventId: string, hour: number, changes: Partial<EventFacts> = {}): EventFacts {
  return { provider: "shop", eventId, objectId: "order_1", occurredAtMs: hour * HOUR, ...changes };
}

/** Stores events one after the other; what each was overtaken by. */
async function overtakers(
  events: readonly EventFacts[],
  changes: Partial<CapturedRequest> = {},
): Promise<readonly (number | undefined)[]> {
  const store = openStore();
  const found: (number | undefined)[] = [];
  for (const one of events) {
    const { request } = await store.insertRequest(capturedRequest(changes), { event: one });
    found.push(request.overtakenBy);
    expect(store.read.findRequest({ kind: "id", id: request.id })?.overtakenBy).toBe(request.overtakenBy);
  }
  return found;
}

test("an event that is older than one before about the same object names the latest of those", async () => {
  expect(await overtakers([event("a", 1), event("c", 3), event("d", 4), event("b", 2)])).toEqual([
    undefined,
    undefined,
    undefined,
    3,
  ]);
});

test("what happened at the same time is in order, and so is the same event once more", async () => {
  expect(await overtakers([event("a", 2), event("b", 2), event("a", 1)])).toEqual([undefined, undefined, 2]);
  expect(await overtakers([event("a", 2), event("a", 1)])).toEqual([undefined, undefined]);
});

test("another object, another provider, and what does not say when, tell nothing", async () => {
  const others = [
    event("b", 1, { objectId: "order_2" }),
    event("c", 1, { provider: "other" }),
    event("d", 1, { occurredAtMs: undefined }),
    event("e", 1, { objectId: undefined }),
    event("f", 1, { provider: undefined }),
  ];
  expect(await overtakers([event("a", 2), ...others])).toEqual(Array.from({ length: 6 }, () => undefined));
});

test("senders that nobody knows are one of their own", async () => {
  const unknown = { provider: undefined };
  expect(await overtakers([event("a", 2, unknown), event("b", 1, unknown)])).toEqual([undefined, 1]);
});

test("what a person made is out of nobody's order", async () => {
  expect(await overtakers([event("a", 2), event("b", 1)], { origin: "edit" })).toEqual([undefined, undefined]);
});

test("it costs one look into an index", () => {
  const plan = lookInto(openStore().path)
    .prepare<[], { readonly detail: string }>(
      "EXPLAIN QUERY PLAN SELECT id FROM requests WHERE object_id = 'a' AND occurred_at_ms > 1 AND provider IS 'b'",
    )
    .all();
  expect(plan.map(({ detail }) => detail).join()).toMatch(/SEARCH requests USING INDEX requests_by_object/);
});
