import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBody } from "../../../../src/core/model/body.ts";
import type { Outcome } from "../../../../src/core/model/delivery.ts";
import type { EndedAttempt } from "../../../../src/io/store/rows/new-delivery.ts";
import { Store } from "../../../../src/io/store/store.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { finish } from "../../../helpers/finish.ts";
import { foldLog, garblePages } from "../../../helpers/damage.ts";
import { OtherProcess } from "../../../helpers/other-process.ts";
import { answered, capturedRequest, fileNameOf } from "../../../helpers/samples.ts";
import { lookInto, openStore, sampleSession } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { TickingClock } from "../../../helpers/ticking-clock.ts";
import { turns } from "../../../helpers/turns.ts";
import { transactionsInLog } from "../../../helpers/wal.ts";

const forward = { url: "http://localhost:8000/", cause: "forward", attempt: { number: 1, startedAtMs: 20 } } as const;

describe("a stored request", () => {
  test("is there for another process when the promise resolves, with its deliveries", async () => {
    const store = openStore();
    await store.beginSession(sampleSession());
    const { request, deliveryIds } = await store.insertRequest(capturedRequest(), { deliveries: [forward, forward] });
    const other = openStore({ path: store.path });
    expect(other.read.findRequest({ kind: "id", id: request.id })).toMatchObject({ target: "/hooks", sessionId: 1 });
    expect(other.read.deliveriesOf(request.id).map(({ id }) => id)).toEqual(deliveryIds);
  });

  test("belongs to the session that was begun before it, also where both are not committed yet", async () => {
    const store = openStore();
    const [sessionId, inserted] = await Promise.all([
      store.beginSession(sampleSession()),
      store.insertRequest(capturedRequest(), { deliveries: [forward] }),
    ]);
    expect([inserted.request.sessionId, store.read.findRequest({ kind: "latest", back: 0 })?.sessionId]).toEqual([
      sessionId,
      sessionId,
    ]);
    expect(store.read.deliveriesOf(inserted.request.id)).toMatchObject([{ sessionId }]);
  });

  test("shares its commit with those that come in the same turn, in their order", async () => {
    const store = openStore();
    const before = transactionsInLog(store.path);
    const targets = Array.from({ length: 100 }, (_, index) => `/${index}`);
    const inserted = await Promise.all(targets.map((target) => store.insertRequest(capturedRequest({ target }))));
    expect(transactionsInLog(store.path) - before).toBe(1);
    const ids = inserted.map(({ request }) => request.id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(inserted.map(({ request }) => request.target)).toEqual(targets);
  });

  test("is found as the latest or one before it", async () => {
    const store = openStore();
    for (const target of ["/a", "/b"]) await store.insertRequest(capturedRequest({ target }));
    const targetOf = (back: number) => store.read.findRequest({ kind: "latest", back })?.target;
    expect([0, 1, 2].map(targetOf)).toEqual(["/b", "/a", undefined]);
    expect(store.read.countRequests()).toBe(2);
    expect(store.read.listRequests({ limit: 1, includeMalformed: false })).toMatchObject([
      { request: { target: "/b" } },
    ]);
  });

  test("never gets an id that another one had, also when the newest are deleted", async () => {
    const store = openStore();
    const first = await store.insertRequest(capturedRequest(), { deliveries: [forward] });
    lookInto(store.path).exec("DELETE FROM requests; DELETE FROM deliveries");
    const second = await store.insertRequest(capturedRequest(), { deliveries: [forward] });
    expect(second.request.id).toBeGreaterThan(first.request.id);
    expect(second.deliveryIds[0]).toBeGreaterThan(first.deliveryIds[0] ?? 0);
  });
});

describe("files", () => {
  test("all of them are for their owner alone", async () => {
    const store = openStore();
    const sink = await store.openSink();
    await sink.write(Buffer.from("large"));
    const body = await sink.finish();
    await store.insertRequest(capturedRequest({ body }));
    await store.tidy();
    const bodies = `${store.path}-bodies`;
    for (const file of ["", "-wal", "-shm", "-ballast"]) expect(modeOf(store.path + file)).toBe(0o600);
    expect(modeOf(join(bodies, fileNameOf(body)))).toBe(0o600);
    expect(modeOf(bodies)).toBe(0o700);
  });

  test("of bodies that no row names are removed a day after they were written, others stay", async () => {
    const store = openStore();
    const sinks = await Promise.all([store.openSink(), store.openSink()]);
    const [request, response] = await Promise.all(sinks.map((sink) => sink.finish()));
    if (!request || !response) throw new Error("two sinks were opened");
    const { deliveryIds } = await store.insertRequest(capturedRequest({ body: request }), { deliveries: [forward] });
    const outcome: Outcome = {
      kind: "response",
      response: { status: 200, statusText: "OK", headers: [], body: response, bodySizeBytes: 0 },
    };
    await finish(store, { ...ended(deliveryIds[0] ?? 0), outcome });
    const folder = `${store.path}-bodies`;
    writeFileSync(join(folder, "1.1-1.body"), "");
    writeFileSync(join(folder, "a stranger's"), "");
    const longAgo = Date.now() / 1000 - 25 * 3600;
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), longAgo, longAgo);
    writeFileSync(join(folder, "1.1-2.body"), "");
    const notLongAgo = Date.now() / 1000 - 23 * 3600;
    utimesSync(join(folder, "1.1-2.body"), notLongAgo, notLongAgo);
    await store.tidy();
    const left = ["1.1-2.body", "a stranger's", fileNameOf(request), fileNameOf(response)];
    expect(new Set(readdirSync(folder))).toEqual(new Set(left));
  });

  test("a large body reads back", async () => {
    const store = openStore();
    const sink = await store.openSink();
    await sink.write(Buffer.alloc(2 * 1024 * 1024, "x"));
    const { request } = await store.insertRequest(capturedRequest({ body: await sink.finish() }));
    const found = store.read.findRequest({ kind: "id", id: request.id });
    let size = 0;
    if (found) for await (const chunk of readBody(found.body)) size += chunk.length;
    expect(size).toBe(2 * 1024 * 1024);
  });
});

describe("an outcome", () => {
  test("rides with the next request's commit", async () => {
    const store = openStore();
    const { deliveryIds } = await store.insertRequest(capturedRequest(), { deliveries: [forward] });
    const before = transactionsInLog(store.path);
    await Promise.all([finish(store, ended(deliveryIds[0] ?? 0)), store.insertRequest(capturedRequest())]);
    expect(transactionsInLog(store.path) - before).toBe(1);
    expect(store.read.findDelivery(deliveryIds[0] ?? 0)).toMatchObject({ status: "delivered" });
  });

  test("and what a fault told the sender ride together", async () => {
    const store = openStore();
    const { request, deliveryIds } = await store.insertRequest(capturedRequest(), { deliveries: [forward] });
    const before = transactionsInLog(store.path);
    const reply = { status: 0, note: "fault: after:reset" };
    await Promise.all([finish(store, ended(deliveryIds[0] ?? 0)), store.setReply(request.id, reply)]);
    expect(transactionsInLog(store.path) - before).toBe(1);
    expect(store.read.findRequest({ kind: "id", id: request.id })?.reply).toEqual(reply);
  });

  test("that is still on its way is written when the store is closed", async () => {
    const store = openStore();
    const { request, deliveryIds } = await store.insertRequest(capturedRequest(), { deliveries: [forward] });
    const finished = finish(store, ended(deliveryIds[0] ?? 0));
    store.close();
    await finished;
    expect(openStore({ path: store.path }).read.deliveriesOf(request.id)).toMatchObject([{ status: "delivered" }]);
  });
});

describe("an attempt that is not the last one", () => {
  test("leaves its delivery pending, and the number of the next one is its maker's", async () => {
    const store = openStore();
    const { deliveryIds } = await store.insertRequest(capturedRequest(), {
      deliveries: [{ ...forward, attempt: { number: 3, startedAtMs: 20 } }],
    });
    const deliveryId = deliveryIds[0] ?? 0;
    await store.recordAttempt({ ...ended(deliveryId), number: 3, outcome: answered(500) });
    expect(store.read.findDelivery(deliveryId)).toMatchObject({ status: "pending", attempts: [{ number: 3 }] });
    await store.startAttempt(deliveryId, { number: 7, startedAtMs: 30 });
    const last = { ...ended(deliveryId), number: 7 };
    await store.recordAttempt(last, { status: "delivered", reply: { status: 200 } });
    expect(store.read.findDelivery(deliveryId)).toMatchObject({
      status: "delivered",
      attempts: [{ number: 3, outcome: { response: { status: 500 } } }, { number: 7 }],
    });
    expect(store.read.findRequest({ kind: "latest", back: 0 })?.reply).toMatchObject({ status: 200 });
  });

  test("is all there is where the process dies before the next one: nothing reads interrupted", async () => {
    const store = openStore();
    await store.beginSession(sampleSession());
    const { deliveryIds } = await store.insertRequest(capturedRequest(), { deliveries: [forward] });
    await store.recordAttempt({ ...ended(deliveryIds[0] ?? 0), outcome: answered(500) });
    await store.endDeadSession(store.sessionId);
    const attempts = [{ number: 1, outcome: { kind: "response" } }];
    const found = store.read.findDelivery(deliveryIds[0] ?? 0);
    expect(found).toMatchObject({ status: "failed", attempts });
    expect(found?.attempts).toHaveLength(1);
  });
});

test("a delivery can be over without an attempt", async () => {
  const store = openStore();
  const { deliveryIds } = await store.insertRequest(capturedRequest(), {
    deliveries: [{ ...forward, attempt: undefined }],
  });
  await store.settle(deliveryIds[0] ?? 0, { status: "failed" });
  expect(store.read.findDelivery(deliveryIds[0] ?? 0)).toMatchObject({ status: "failed", attempts: [] });
});

describe("the end of a session", () => {
  test("settles what it has not finished", async () => {
    const store = openStore();
    await store.beginSession(sampleSession());
    const { request } = await store.insertRequest(capturedRequest(), {
      deliveries: [forward, { ...forward, attempt: undefined }],
    });
    store.close();
    const other = openStore({ path: store.path });
    expect(other.read.unendedSessions()).toEqual([]);
    expect(other.read.deliveriesOf(request.id)).toMatchObject([
      { status: "failed", attempts: [{ outcome: { kind: "interrupted" } }] },
      { status: "failed", attempts: [] },
    ]);
  });

  test("of one that was killed is said by the next, and leaves the living ones alone", async () => {
    const path = join(temporaryFolder(), "hooks.db");
    const [dead, living] = [openStore({ path }), openStore({ path })];
    const deadId = await dead.beginSession(sampleSession());
    const livingId = await living.beginSession(sampleSession());
    const { request } = await dead.insertRequest(capturedRequest(), { deliveries: [forward] });
    const other = await living.insertRequest(capturedRequest(), { deliveries: [forward] });
    await living.endDeadSession(deadId);
    expect(living.read.unendedSessions().map(({ id }) => id)).toEqual([livingId]);
    expect(living.read.deliveriesOf(request.id)).toMatchObject([
      { status: "failed", attempts: [{ outcome: { kind: "interrupted" } }] },
    ]);
    expect(living.read.deliveriesOf(other.request.id)).toMatchObject([{ status: "pending" }]);
  });
});

describe("a delivery of a request that was removed meanwhile", () => {
  test("is not stored, and what is written along with it is", async () => {
    const store = openStore();
    const [{ request }, gone] = [await store.insertRequest(capturedRequest()), 99];
    const [kept, lost] = await Promise.allSettled([
      store.insertDelivery(request.id, forward),
      store.insertDelivery(gone, forward),
    ]);
    expect(kept.status).toBe("fulfilled");
    expect(lost).toMatchObject({ status: "rejected", reason: { code: "REQUEST_NOT_FOUND" } });
    expect(store.read.deliveriesOf(gone)).toEqual([]);
    expect(store.read.deliveriesOf(request.id)).toHaveLength(1);
  });
});

describe("other processes", () => {
  test("are noticed by their writes, in order, and one's own writes are none of theirs", async () => {
    const path = join(temporaryFolder(), "hooks.db");
    const [ours, theirs] = [openStore({ path }), openStore({ path })];
    const mark = ours.read.foreignWriteMark();
    const { request } = await ours.insertRequest(capturedRequest());
    expect(ours.read.foreignWriteMark()).toBe(mark);
    const before = ours.read.position();
    const deliveryId = await theirs.insertDelivery(request.id, { ...forward, cause: "replay" });
    await theirs.startAttempt(deliveryId, { number: 1, startedAtMs: 5 });
    await finish(theirs, ended(deliveryId));
    expect(ours.read.foreignWriteMark()).not.toBe(mark);
    const { changes, isGap } = ours.read.newsSince(before, 10);
    expect([isGap, changes.map(({ seq, kind, rowId }) => [seq - before.seq, kind, rowId])]).toEqual([
      false,
      [
        [1, "delivery", deliveryId],
        [2, "delivery", deliveryId],
        [3, "settled", deliveryId],
      ],
    ]);
  });

  test("that hold the lock make requests wait, and nothing else", async () => {
    const clock = new TickingClock();
    const store = openStore({ clock });
    const other = new OtherProcess();
    await other.obey({ kind: "sql", path: store.path, sql: "BEGIN IMMEDIATE" });
    const stored = store.insertRequest(capturedRequest());
    // One look for each time that it was refused, and for each of them the event loop has turned.
    await clock.looks(5);
    await other.obey({ kind: "sql", path: store.path, sql: "COMMIT" });
    expect((await stored).request.id).toBe(1);
    expect(store.trouble).toBeUndefined();
  });

  test("that hold the lock for 30 s make a request fail, and not sooner", async () => {
    const clock = new TickingClock();
    const store = openStore({ clock });
    const other = new OtherProcess();
    await other.obey({ kind: "sql", path: store.path, sql: "BEGIN IMMEDIATE" });
    const stored = store.insertRequest(capturedRequest());
    const refused = expect(stored).rejects.toMatchObject({ code: "STORE_BUSY", details: { seconds: 30 } });
    clock.advance(29_999);
    await clock.looks(3);
    expect(await Promise.race([stored.catch(() => "refused"), turns(1).then(() => "waits")])).toBe("waits");
    clock.advance(1);
    await refused;
    expect(store.trouble).toBeUndefined();
  });
});

describe("a store in trouble", () => {
  test("by damage takes nothing more, tells it once, and every read that meets it says so", async () => {
    const told: (string | undefined)[] = [];
    const store = openStore({ onTrouble: (trouble) => told.push(trouble?.code) });
    await store.beginSession(sampleSession());
    const { request } = await store.insertRequest(capturedRequest(), { deliveries: [forward] });
    expect(store.read.findDamage()).toBeUndefined();
    foldLog(store.path);
    garblePages(store.path);
    await expect(store.insertRequest(capturedRequest())).rejects.toMatchObject({ code: "STORE_CORRUPT" });
    await expect(store.insertDelivery(request.id, forward)).rejects.toMatchObject({ code: "STORE_CORRUPT" });
    expect(() => store.read.deliveriesOf(request.id)).toThrow(expect.objectContaining({ code: "STORE_CORRUPT" }));
    expect(store.read.findDamage()).toMatch(/./);
    expect(told).toEqual(["STORE_CORRUPT"]);
  });

  test("by a body that could not be spooled recovers by itself, and writes the outcomes that it kept", async () => {
    const { promise: isWell, resolve } = Promise.withResolvers<void>();
    const store = openStore({ onTrouble: (trouble) => trouble ?? resolve() });
    await store.beginSession(sampleSession());
    const { deliveryIds } = await store.insertRequest(capturedRequest(), { deliveries: [forward] });
    const error = Object.assign(new Error("no space left"), { code: "ENOSPC" });
    expect(store.reportSpoolFailure(error)).toMatchObject({ code: "STORE_FULL" });
    await expect(store.insertRequest(capturedRequest())).rejects.toMatchObject({ code: "STORE_FULL" });
    await finish(store, ended(deliveryIds[0] ?? 0));
    expect(store.read.findDelivery(deliveryIds[0] ?? 0)).toMatchObject({ status: "pending" });
    await isWell;
    await store.insertRequest(capturedRequest());
    expect(store.read.findDelivery(deliveryIds[0] ?? 0)).toMatchObject({ status: "delivered" });
    expect(existsSync(`${store.path}-ballast`)).toBe(true);
  });

  test("a mistake of ours in a write reaches the one who made it, and is no trouble", async () => {
    const store = openStore();
    const mistake = capturedRequest({ method: undefined as unknown as string });
    await expect(store.insertRequest(mistake)).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_NOTNULL" });
    expect(store.trouble).toBeUndefined();
  });
});

test("a store that cannot be opened says why", () => {
  const file = join(temporaryFolder(), "letter.txt");
  writeFileSync(file, "Dear Sir or Madam, ".repeat(500));
  expect(() => new Store({ path: file, clock: systemClock, pid: 1, busyTimeoutMs: 10 })).toThrow(
    expect.objectContaining({ code: "STORE_NOT_OURS" }),
  );
});

function ended(deliveryId: number): EndedAttempt {
  return { deliveryId, number: 1, startedAtMs: 20, durationMs: 1, sentHeaders: [], outcome: answered(200) };
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}
