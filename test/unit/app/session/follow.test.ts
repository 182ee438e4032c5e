import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Feed } from "../../../../src/app/session/feed.ts";
import { followOthers } from "../../../../src/app/session/follow.ts";
import { type Clock, systemClock } from "../../../../src/core/model/clock.ts";
import type { DeliveryCause } from "../../../../src/core/model/delivery.ts";
import type { FeedEntry } from "../../../../src/core/model/feed.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { finish } from "../../../helpers/finish.ts";
import { answered, capturedRequest } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("replays of another process appear in the feed, each once and in order, however many", async () => {
  const { ours, theirs, told, look } = await start();
  const { request } = await ours.insertRequest(capturedRequest());
  const ids = await Promise.all(Array.from({ length: 1_100 }, () => deliver(theirs, request.id, "replay")));
  await look();
  await look();
  expect(told.map((entry) => entry.kind === "attempt" && entry.delivery.id)).toEqual(ids);
  expect(told[0]).toMatchObject({
    request: { id: request.id },
    elsewhere: true,
    attempt: { outcome: { kind: "response" } },
  });
});

test("one's own replays, and what another listener captures and forwards, are left out", async () => {
  const { ours, theirs, told, look } = await start();
  const { request } = await ours.insertRequest(capturedRequest());
  await deliver(ours, request.id, "replay");
  const captured = await theirs.insertRequest(capturedRequest());
  await deliver(theirs, captured.request.id, "forward");
  await look();
  expect(told).toEqual([]);
});

test("what was there before is not told again", async () => {
  const path = join(temporaryFolder(), "hooks.db");
  const before = openStore({ path });
  await before.beginSession(sampleSession());
  const { request } = await before.insertRequest(capturedRequest());
  await deliver(before, request.id, "replay");
  const { told, look } = await start(path);
  await look();
  expect(told).toEqual([]);
});

test("when it is told to end it tells what was done until then, and no more", async () => {
  const { ours, theirs, told, end } = await start();
  const { request } = await ours.insertRequest(capturedRequest());
  const id = await deliver(theirs, request.id, "replay");
  await end();
  await deliver(theirs, request.id, "replay");
  expect(told.map((entry) => entry.kind === "attempt" && entry.delivery.id)).toEqual([id]);
});

async function start(path = join(temporaryFolder(), "hooks.db")) {
  const [ours, theirs] = [openStore({ path }), openStore({ path })];
  await ours.beginSession(sampleSession());
  await theirs.beginSession(sampleSession({ command: "replay" }));
  const feed = new Feed();
  const told: FeedEntry[] = [];
  feed.subscribe((entry) => told.push(entry));
  const { clock, tick } = handClock();
  const ending = new AbortController();
  const followed = followOthers(ours, feed, clock, ending.signal);
  const end = async (): Promise<void> => {
    ending.abort();
    await followed;
  };
  onTestFinished(end);
  return { ours, theirs, told, look: tick, end };
}

/** A clock whose waits end when the test says so. */
function handClock(): { readonly clock: Clock; readonly tick: () => Promise<void> } {
  let wake: () => void = () => undefined;
  const clock: Clock = {
    ...systemClock,
    wait: (_durationMs, signal) =>
      new Promise((resolve) => {
        wake = resolve;
        signal?.addEventListener("abort", () => resolve());
      }),
  };
  const tick = async (): Promise<void> => {
    wake();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, tick };
}

async function deliver(store: Store, requestId: number, cause: DeliveryCause): Promise<number> {
  const deliveryId = await store.insertDelivery(requestId, {
    url: "http://a/",
    cause,
    attempt: { number: 1, startedAtMs: 5 },
  });
  const attempt = { number: 1, startedAtMs: 5, durationMs: 1, sentHeaders: [], outcome: answered(200) };
  await finish(store, { deliveryId, ...attempt });
  return deliveryId;
}

test("of another store that is open by now only what happens from then on is told", async () => {
  const path = join(temporaryFolder(), "hooks.db");
  const other = openStore({ path: `${path}.backup` });
  await other.beginSession(sampleSession());
  const { request } = await other.insertRequest(capturedRequest());
  await deliver(other, request.id, "replay");
  other.close();
  const ours = openStore({ path, sparesEventLoop: true });
  onTestFinished(async () => ours.end());
  const feed = new Feed();
  const told: FeedEntry[] = [];
  feed.subscribe((entry) => told.push(entry));
  const ended = new AbortController();
  const following = followOthers(ours, feed, systemClock, ended.signal);
  renameSync(`${path}.backup`, path);
  await expect.poll(() => ours.epoch).toBe(2);
  const theirs = openStore({ path });
  await theirs.beginSession(sampleSession());
  const ids: number[] = [];
  // The first ones may come before the other store was looked at.
  await expect
    .poll(async () => {
      ids.push(await deliver(theirs, request.id, "replay"));
      return told.length;
    })
    .toBeGreaterThan(0);
  expect(told.map((entry) => entry.kind === "attempt" && ids.includes(entry.delivery.id))).not.toContain(false);
  ended.abort();
  await following;
});
