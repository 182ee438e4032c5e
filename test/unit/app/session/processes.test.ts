import { expect, test } from "vitest";
import { newSession, rejoinStore, settleDead, unendedSessions } from "../../../../src/app/session/processes.ts";
import { OtherProcess } from "../../../helpers/other-process.ts";
import { capturedRequest, SAMPLE_TIME_MS, stillClock } from "../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../helpers/stores.ts";

const marks = new Map([
  [10, "alive"],
  [11, "a later process with the same pid"],
]);
const processes = { pid: 1, markOf: (pid: number) => marks.get(pid) };

test("sessions whose process runs are living; those of killed ones, or of a pid that was given anew, are settled", async () => {
  const store = openStore();
  await store.beginSession(sampleSession({ pid: 11, processMark: "the former" }));
  const { request } = await store.insertRequest(capturedRequest(), {
    deliveries: [{ url: "http://a/", cause: "forward", attempt: { number: 1, startedAtMs: 5 } }],
  });
  await store.beginSession(sampleSession({ pid: 12, processMark: "gone" }));
  const alive = await store.beginSession(sampleSession({ pid: 10, processMark: "alive" }));
  const { living, dead } = unendedSessions(store, processes);
  expect([living.map(({ id }) => id), dead.length]).toEqual([[alive], 2]);
  await settleDead(store, dead);
  expect(store.read.unendedSessions().map(({ id }) => id)).toEqual([alive]);
  expect(store.read.deliveriesOf(request.id)).toMatchObject([
    { status: "failed", attempts: [{ outcome: { kind: "interrupted" } }] },
  ]);
});

test("where the platform tells no marks, a process that runs is taken for the same one", async () => {
  const store = openStore();
  const id = await store.beginSession(sampleSession({ pid: 10, processMark: "" }));
  const sessions = unendedSessions(store, { pid: 1, markOf: (pid) => (pid === 10 ? "" : undefined) });
  expect(sessions).toMatchObject({ living: [{ id }], dead: [] });
});

test("a store that takes nothing can be looked at all the same", async () => {
  const store = openStore();
  await store.beginSession(sampleSession({ pid: 12, processMark: "gone" }));
  const other = new OtherProcess();
  await other.obey({ kind: "sql", path: store.path, sql: "UPDATE sessions SET seen_at_ms = 1" });
  store.reportSpoolFailure(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
  const { living, dead } = unendedSessions(store, processes);
  await expect(settleDead(store, dead)).resolves.toBeUndefined();
  expect(living).toEqual([]);
  expect(store.read.unendedSessions()).toHaveLength(1);
});

test("a new session knows its process, and where it listens if it does", () => {
  const running = {
    processes: { pid: 7, markOf: (pid: number) => (pid === 7 ? "mark" : undefined) },
    clock: stillClock,
    directory: "/shop",
  };
  const alone = { command: "replay", pid: 7, processMark: "mark", startedAtMs: SAMPLE_TIME_MS, directory: "/shop" };
  expect(newSession("replay", running)).toEqual({ ...alone, targets: [] });
  const listens = { captureUrl: "http://127.0.0.1:4400", targets: ["http://localhost:8000"] };
  expect(newSession("listen", running, listens)).toEqual({ ...alone, command: "listen", ...listens });
});

test("who goes on with an older copy of its store is known there once, and what it left there is settled", async () => {
  const store = openStore();
  const mine = { pid: 10, processMark: "alive" };
  await store.beginSession(sampleSession(mine));
  const { request } = await store.insertRequest(capturedRequest(), {
    deliveries: [{ url: "http://a/", cause: "forward", attempt: { number: 1, startedAtMs: 5 } }],
  });
  await rejoinStore(store, { ...processes, pid: 10 }, sampleSession(mine));
  expect(store.read.unendedSessions().map(({ id }) => id)).toEqual([store.sessionId]);
  expect(store.read.deliveriesOf(request.id)).toMatchObject([{ status: "failed" }]);
});
