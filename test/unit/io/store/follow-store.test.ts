import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import type { StoreNews } from "../../../../src/io/store/rows/change-rows.ts";
import { type FollowOptions, followStore } from "../../../../src/io/store/follow-store.ts";
import type { Store } from "../../../../src/io/store/store.ts";
import { finish } from "../../../helpers/finish.ts";
import { answered, capturedRequest } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

test("the first look finds no news, later ones what another connection has written since, each once and in order", async () => {
  const { ours, theirs } = await stores();
  await store(theirs);
  const { next, look } = follow(ours);
  expect(await next()).toEqual({ stored: [], changes: [], isGap: false });
  await store(theirs);
  await store(theirs);
  const { deliveryIds } = await theirs.insertRequest(capturedRequest(), { deliveries: [forward] });
  await settle(theirs, deliveryIds[0] ?? 0);
  theirs.upkeep.remove([2]);
  expect(await look()).toEqual({ stored: [2, 3, 4], changes: ["settled 1", "removed 2"], isGap: false });
  await theirs.setReply(3, { status: 200 });
  expect(await look()).toEqual({ stored: [], changes: ["request 3"], isGap: false });
});

test("one's own writes are no news", async () => {
  const { ours, theirs } = await stores();
  const { next, wake, look } = follow(ours);
  await next();
  await store(ours);
  const news = next();
  await wake();
  await settle(ours, await ours.insertDelivery(1, forward));
  await wake();
  await store(theirs);
  expect(await look(news)).toEqual({ stored: [2], changes: [], isGap: false });
});

test("one's own writes are news where they are asked for", async () => {
  const { ours } = await stores();
  const { next, look } = follow(ours, { includesOwn: true });
  await next();
  await store(ours);
  expect(await look()).toEqual({ stored: [1], changes: [], isGap: false });
  await settle(ours, await ours.insertDelivery(1, forward));
  expect(await look()).toEqual({ stored: [], changes: ["delivery 1", "settled 1"], isGap: false });
});

test("a reader that starts late goes on where it left off", async () => {
  const { ours, theirs } = await stores();
  await store(theirs);
  const { seq } = theirs.read.position();
  const deliveryId = await theirs.insertDelivery(1, forward);
  await store(theirs);
  await settle(theirs, deliveryId);
  const { next } = follow(ours, { afterSeq: seq });
  expect(await next()).toEqual({ stored: [2], changes: ["delivery 1", "settled 1"], isGap: false });
});

test("one that comes too late, or from another store, is told that there is a gap", async () => {
  const { ours, theirs } = await stores();
  await store(theirs);
  const early = theirs.read.position();
  for (let count = 0; count < 10_600; count += 1) void theirs.setReply(1, { status: 200 });
  await theirs.setReply(1, { status: 204 });
  for (const afterSeq of [early.seq, 99_999]) {
    const { next, look } = follow(ours, { afterSeq });
    expect(await next()).toEqual({ stored: [], changes: [], isGap: true });
    await store(theirs);
    expect(await look()).toMatchObject({ changes: [], isGap: false });
  }
});

test("more than is told in one go comes in several, without waiting in between", async () => {
  const { ours, theirs } = await stores();
  await store(theirs);
  const { next, look } = follow(ours);
  await next();
  for (let count = 0; count < 1200; count += 1) void theirs.setReply(1, { status: 200 });
  await store(theirs);
  const told = [await look(), await next(), await next()];
  expect(told.map(({ changes }) => changes.length)).toEqual([500, 500, 200]);
  expect(told.flatMap(({ stored }) => stored)).toEqual([2]);
});

test("what could not be read for a moment is told again, and what may not pass ends it", async () => {
  const { ours, theirs } = await stores();
  const met = [new HookcliError("STORE_BUSY", { path: "a", seconds: 1 }), undefined, new Error("a bug")];
  const told: number[] = [];
  const { next, look } = follow(ours, {
    *tell({ until }: StoreNews) {
      const error = met.shift();
      if (error) throw error;
      told.push(until.newestRequestId);
      yield told.length;
    },
  });
  await store(theirs);
  const first = next();
  expect(await look(first)).toBe(1);
  await store(theirs);
  await expect(look()).rejects.toThrow("a bug");
  expect(told).toEqual([1]);
});

test("a passing failure may be any that one says", async () => {
  const { ours } = await stores();
  const met = [new HookcliError("STORE_FULL", { path: "a" })];
  const told = (isPassing: () => boolean) =>
    follow(ours, {
      isPassing,
      *tell() {
        const error = met.shift();
        if (error) throw error;
        yield 1;
      },
    });
  const patient = told(() => true);
  expect(await patient.look(patient.next())).toBe(1);
  met.push(new HookcliError("STORE_FULL", { path: "a" }));
  await expect(told(() => false).next()).rejects.toMatchObject({ code: "STORE_FULL" });
});

test("it ends when it is told to, where that is asked after a last look", async () => {
  for (const looksAtEnd of [false, true]) {
    const { ours, theirs } = await stores();
    const { next, end } = follow(ours, { looksAtEnd });
    await next();
    const last = next();
    await store(theirs);
    end();
    expect(await last).toEqual(looksAtEnd ? { stored: [1], changes: [], isGap: false } : undefined);
    expect(await next()).toBeUndefined();
  }
});

test("it tells though nobody has written, where that is due, and there is nothing new in it", async () => {
  const { ours } = await stores();
  let looks = 0;
  const { next, wake, look } = follow(ours, { isDue: () => (looks += 1) === 3 });
  await next();
  const due = next();
  await wake();
  expect(await look(due)).toEqual({ stored: [], changes: [], isGap: false });
  expect(looks).toBe(3);
});

test("another store that is open by now is a gap, and from then on its news are told", async () => {
  const path = join(temporaryFolder(), "hooks.db");
  const other = openStore({ path: `${path}.backup` });
  await other.beginSession(sampleSession());
  for (let count = 0; count < 3; count += 1) await store(other);
  other.close();
  const ours = openStore({ path, sparesEventLoop: true });
  onTestFinished(async () => ours.end());
  const { next, look } = follow(ours);
  await next();
  renameSync(`${path}.backup`, path);
  await expect.poll(() => ours.epoch).toBe(2);
  expect(await look()).toEqual({ stored: [], changes: [], isGap: true });
  const theirs = openStore({ path });
  await store(theirs);
  expect(await look()).toEqual({ stored: [4], changes: [], isGap: false });
});

const forward = { url: "http://a/", cause: "forward", attempt: { number: 1, startedAtMs: 5 } } as const;

async function stores(): Promise<{ readonly ours: Store; readonly theirs: Store }> {
  const path = join(temporaryFolder(), "hooks.db");
  const [ours, theirs] = [openStore({ path }), openStore({ path })];
  await theirs.beginSession(sampleSession());
  return { ours, theirs };
}

async function store(into: Store): Promise<void> {
  await into.insertRequest(capturedRequest());
}

async function settle(into: Store, deliveryId: number): Promise<void> {
  const attempt = { number: 1, startedAtMs: 5, durationMs: 1, sentHeaders: [], outcome: answered(200) };
  await finish(into, { deliveryId, ...attempt });
}

/** News, as a test says them. */
interface Said {
  readonly stored: readonly number[];
  readonly changes: readonly string[];
  readonly isGap: boolean;
}

function say({ since, until, changes, isGap }: StoreNews): Said {
  const count = until.newestRequestId - since.newestRequestId;
  const stored = Array.from({ length: count }, (_, at) => since.newestRequestId + 1 + at);
  return { stored, changes: changes.map(({ kind, rowId }) => `${kind} ${rowId}`), isGap };
}

/** Follows on a clock whose waits end when the test says so. */
function follow<Told = Said>(store: Store, options: Partial<FollowOptions<Told>> = {}) {
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  let waits = Promise.withResolvers<void>();
  let end: () => void = () => undefined;
  const wait = async (_durationMs: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      end = resolve;
      signal?.addEventListener("abort", () => resolve());
      if (signal?.aborted === true) resolve();
      waits.resolve();
    });
  const tell = (news: StoreNews): Iterable<Told> => [say(news) as Told];
  const clock = { ...systemClock, wait };
  const followed = followStore<Told>({ store, clock, signal: ending.signal, everyMs: 1, tell, ...options });
  const next = async (): Promise<Told> => (await followed.next()).value as Told;
  /** Ends the wait, once it has come to that. */
  const wake = async (): Promise<void> => {
    await waits.promise;
    waits = Promise.withResolvers<void>();
    end();
  };
  const look = async (told = next()): Promise<Told> => {
    await wake();
    return told;
  };
  return { next, wake, look, end: () => ending.abort() };
}
