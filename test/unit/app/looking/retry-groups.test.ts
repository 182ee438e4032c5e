import { describe, expect, test } from "vitest";
import { groupOf, repeatedGroups, type RetryGroup } from "../../../../src/app/looking/retry-groups.ts";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { countHashing } from "../../../helpers/counted-hashing.ts";
import { openStore } from "../../../helpers/stores.ts";
import { at, FIRST_MS, record, senders } from "../../../helpers/timelines.ts";

async function groupAt(store: Store, id: number): Promise<RetryGroup> {
  const request = store.read.findRequest({ kind: "id", id });
  if (!request) throw new Error(`there is no request ${id}`);
  return groupOf(request, store);
}

function idsOf({ attempts }: RetryGroup): readonly number[] {
  return attempts.map(({ request }) => request.id);
}

describe("groupOf", () => {
  test("puts together what carries the same event of the same provider, oldest first", async () => {
    const store = openStore();
    await record(store, senders.svix, at(0, 5));
    await record(store, senders.paddle, at(6));
    await record(store, senders.svix, at(305));
    const group = await groupAt(store, 2);
    expect(idsOf(group)).toEqual([1, 2, 4]);
    expect(group).toMatchObject({
      provider: "svix",
      scheme: "svix",
      eventId: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      eventType: "user.created",
      isCut: false,
    });
    expect(idsOf(await groupAt(store, 3))).toEqual([3]);
  });

  test("goes by the body where no event is named", async () => {
    const store = openStore();
    await record(store, senders.nobody, at(0));
    await record(store, senders.nobody, [{ seconds: 1, body: '{"hi":"THERE"}' }]);
    await record(store, senders.nobody, at(2));
    const group = await groupAt(store, 3);
    expect(idsOf(group)).toEqual([1, 3]);
    expect(group.bodySha256).toMatch(/^[0-9a-f]{64}$/);
    expect(group.eventId).toBeUndefined();
  });

  test("never takes two empty bodies for the same event", async () => {
    const store = openStore();
    await record(store, { headers: [], body: "" }, at(0, 1));
    expect(idsOf(await groupAt(store, 2))).toEqual([2]);
  });

  test("keeps the newest 500", async () => {
    const store = openStore();
    await record(store, senders.svix, at(...Array.from({ length: 503 }, (_, second) => second)));
    const group = await groupAt(store, 1);
    expect(group.isCut).toBe(true);
    expect([group.attempts.length, idsOf(group)[0], idsOf(group).at(-1)]).toEqual([500, 4, 503]);
  });
});

describe("repeatedGroups", () => {
  const asked = { limit: 20, nowMs: FIRST_MS };

  test("finds what came more than once, the newest first", async () => {
    const store = openStore();
    await record(store, senders.svix, at(0, 5));
    await record(store, senders.nobody, at(6, 7));
    await record(store, senders.paddle, at(8));
    await record(store, senders.github, at(9, 10));
    const groups = await repeatedGroups([], { ...asked, store });
    expect(groups.map(idsOf)).toEqual([
      [6, 7],
      [3, 4],
      [1, 2],
    ]);
  });

  test("keeps to the filter and to the limit", async () => {
    const store = openStore();
    await record(store, senders.svix, at(0, 5));
    await record(store, senders.github, at(9, 10));
    await record(store, senders.nobody, at(11, 12));
    const found = async (filter: string, limit = 20) =>
      (await repeatedGroups(parseFilter(filter), { ...asked, store, limit })).map(({ provider }) => provider);
    expect(await found("")).toEqual([undefined, "github", "svix"]);
    expect(await found("provider:svix")).toEqual(["svix"]);
    expect(await found("type:push")).toEqual(["github"]);
    expect(await found("", 1)).toEqual([undefined]);
  });

  test("hashes each body once at most where nearly nothing repeats", async () => {
    const store = openStore();
    const bodies = Array.from({ length: 3000 }, (_, number) => ({ seconds: number, body: `{"n":${number + 1000}}` }));
    await record(store, senders.nobody, bodies);
    const hashed = await countHashing(async () => expect(await repeatedGroups([], { ...asked, store })).toEqual([]));
    expect(hashed.times).toBeLessThanOrEqual(bodies.length);
  });
});
