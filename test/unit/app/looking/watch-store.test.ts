import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { watchStore } from "../../../../src/app/looking/watch-store.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { openStore } from "../../../helpers/stores.ts";
import { at, record, senders } from "../../../helpers/timelines.ts";

test("answers at once, and again when another connection has written", async () => {
  const [reading] = [openStore()];
  const writing = openStore({ path: reading.path });
  const stopping = new AbortController();
  const answers: number[] = [];
  const read = async (): Promise<number> => reading.read.countRequests();
  const context = { store: reading, clock: systemClock, signal: stopping.signal, read, dueMs: () => undefined };
  for await (const count of watchStore(context)) {
    answers.push(count);
    if (count === 2) stopping.abort();
    else await record(writing, senders.svix, at(count));
  }
  expect(answers).toEqual([0, 1, 2]);
});

test("answers again when time is up, though nobody has written", async () => {
  const store = openStore();
  const stopping = new AbortController();
  let nowMs = 0;
  // A clock on which each wait is over at once.
  const clock = { ...systemClock, nowMs: () => nowMs, wait: async (durationMs: number) => void (nowMs += durationMs) };
  const times: number[] = [];
  const read = async (): Promise<number> => nowMs;
  for await (const time of watchStore({ store, clock, signal: stopping.signal, read, dueMs: (last) => last + 250 })) {
    times.push(time);
    if (times.length === 3) stopping.abort();
  }
  expect(times).toEqual([0, 300, 600]);
});

test("another file at the path is told: nothing would ever happen in the one that is open", async () => {
  const store = openStore();
  const context = {
    store,
    clock: systemClock,
    signal: new AbortController().signal,
    read: async (): Promise<void> => rmSync(store.path),
    dueMs: () => undefined,
  };
  const watching = (async () => {
    for await (const answer of watchStore(context)) expect(answer).toBeUndefined();
  })();
  await expect(watching).rejects.toMatchObject({ code: "STORE_MOVED" });
});
