import Sqlite from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Database } from "../../../../../src/io/sqlite/database.ts";
import { migrate } from "../../../../../src/io/sqlite/migrate.ts";
import { Spool } from "../../../../../src/io/store/disk/spool.ts";
import { type Change, ChangeRows, type StoreNews } from "../../../../../src/io/store/rows/change-rows.ts";
import { DeliveryRows } from "../../../../../src/io/store/rows/delivery-rows.ts";
import { RequestRows } from "../../../../../src/io/store/rows/request-rows.ts";
import { APPLICATION_ID, migrations } from "../../../../../src/io/store/rows/schema.ts";
import { openTables } from "../../../../../src/io/store/rows/tables.ts";
import { RetentionRows } from "../../../../../src/io/store/upkeep/retention-rows.ts";
import { finishRows } from "../../../../helpers/finish.ts";
import { OtherProcess } from "../../../../helpers/other-process.ts";
import { openTables as openRows } from "../../../../helpers/rows.ts";
import { answered, capturedRequest } from "../../../../helpers/samples.ts";
import { openStore, sampleSession } from "../../../../helpers/stores.ts";

const forward = { url: "http://a/", cause: "forward", attempt: { number: 1, startedAtMs: 0 } } as const;
const replay = { ...forward, cause: "replay" } as const;
const NOWHERE = { seq: 0, newestRequestId: 0 };
const attempt = { number: 1, startedAtMs: 0, durationMs: 1, sentHeaders: [], outcome: answered(200) };

describe("numbers", () => {
  test("count requests and changes together: a request by its id, what happens to it by a row", () => {
    const { changes, deliveries, insert, settle } = tables();
    expect(changes.latest()).toEqual(NOWHERE);
    const [first, second] = [insert(), insert()];
    expect([first.seq, second.seq, changes.latest()]).toEqual([1, 2, { seq: 2, newestRequestId: 2 }]);
    expect(settle(first.deliveryId)).toBe(3);
    const third = insert();
    expect([third.seq, third.id]).toEqual([4, 3]);
    const replayed = deliveries.add(first.id, 1, 0, replay);
    expect(settle(replayed)).toBe(6);
    expect(changes.latest()).toEqual({ seq: 6, newestRequestId: 3 });
    expect(changes.since(NOWHERE, 9)).toEqual({
      since: NOWHERE,
      until: { seq: 6, newestRequestId: 3 },
      changes: [
        { seq: 3, newestRequestId: 2, kind: "settled", rowId: first.deliveryId },
        { seq: 5, newestRequestId: 3, kind: "delivery", rowId: replayed },
        { seq: 6, newestRequestId: 3, kind: "settled", rowId: replayed },
      ],
      isGap: false,
      isMore: false,
    });
  });

  test("go on where the newest request was removed", () => {
    const { db, changes, insert } = tables();
    insert();
    const { id, deliveryId } = insert();
    db.exec(`DELETE FROM requests WHERE id = ${id}`);
    expect([changes.note("removed", id), insert().seq, changes.note("delivery", deliveryId)]).toEqual([3, 4, 5]);
  });

  test("of what is rolled back are given again, and leave nothing", () => {
    const { db, changes, insert, settle } = tables();
    const { deliveryId } = insert();
    const fail = db.transaction(() => {
      insert();
      settle(deliveryId);
      throw new Error("no");
    });
    expect(fail).toThrow("no");
    expect(changes.latest()).toEqual({ seq: 1, newestRequestId: 1 });
    expect(settle(deliveryId)).toBe(2);
  });

  test("are in the order of commits where two processes write at once, each once", async () => {
    const store = openStore();
    await store.beginSession(sampleSession());
    await store.insertRequest(capturedRequest());
    const others = [new OtherProcess(), new OtherProcess()];
    const writing = others.map(async (other) => other.obey({ kind: "replays", path: store.path, count: 60 }));
    const requests = Array.from({ length: 40 }, async () => store.insertRequest(capturedRequest()));
    const [inserted] = await Promise.all([Promise.all(requests), ...writing]);
    const { changes, until, isGap } = store.read.newsSince(NOWHERE, 9999);
    expect([isGap, changes.length]).toEqual([false, 2 * store.read.deliveriesOf(1).length]);
    const taken = [1, ...inserted.map(({ seq }) => seq), ...changes.map(({ seq }) => seq)].toSorted((a, b) => a - b);
    expect(taken).toEqual(Array.from({ length: until.seq }, (_, at) => at + 1));
  });
});

describe("a moment", () => {
  test("is found by its number, and what happened after it is the rest", () => {
    const { changes, insert, settle } = tables();
    const moments = [changes.latest()];
    for (let count = 0; count < 5; count += 1) {
      const { deliveryId } = insert();
      moments.push(changes.latest());
      if (count % 2 === 0) settle(deliveryId);
      if (count % 2 === 0) moments.push(changes.latest());
    }
    expect(moments.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    for (const moment of moments) {
      expect(changes.at(moment.seq)).toEqual(moment);
      const { changes: after, until } = changes.since(moment, 9);
      const stored = until.newestRequestId - moment.newestRequestId;
      expect(stored + after.length).toBe(8 - moment.seq);
    }
    expect(changes.at(9)).toBeUndefined();
  });

  test("is followed page by page, with nothing left out", () => {
    const { changes, insert, settle } = tables();
    for (let count = 0; count < 25; count += 1) settle(insert().deliveryId);
    const seen: Change[] = [];
    let news: StoreNews = { since: NOWHERE, until: NOWHERE, changes: [], isGap: false, isMore: true };
    let stored = 0;
    while (news.isMore) {
      news = changes.since(news.until, 10);
      seen.push(...news.changes);
      stored += news.until.newestRequestId - news.since.newestRequestId;
    }
    expect([seen.length, stored, news.until]).toEqual([25, 25, changes.latest()]);
  });

  test("of which too much is forgotten, or that never was, has a gap behind it", () => {
    const { db, changes, insert } = tables();
    insert();
    const early = changes.latest();
    db.transaction(() => {
      for (let count = 0; count < 10_600; count += 1) changes.note("delivery", 1);
    })();
    expect(changes.at(early.seq)).toBeUndefined();
    expect(changes.since(early, 9)).toMatchObject({ changes: [], isGap: true, until: changes.latest() });
    for (const never of [
      { seq: 99_999, newestRequestId: 1 },
      { seq: 10_700, newestRequestId: 100 },
    ])
      expect(changes.since(never, 9)).toMatchObject({ changes: [], isGap: true });
    const late = changes.at(1000);
    expect(late).toEqual({ seq: 1000, newestRequestId: 1 });
    expect(changes.since(late ?? NOWHERE, 99_999).changes).toHaveLength(changes.latest().seq - 1000);
  });
});

test("the newest 10,000 rows stay, and never many more, whoever writes them", () => {
  const { db, changes } = tables();
  let most = 0;
  db.transaction(() => {
    for (let count = 0; count < 21_000; count += 1) {
      changes.note("delivery", count);
      if (count % 50 === 0) most = Math.max(most, rowCount(db));
    }
  })();
  expect(most).toBeLessThanOrEqual(10_000 + 256);
  expect(rowCount(db)).toBeGreaterThanOrEqual(10_000);
  expect(db.prepare("SELECT max(row_id) FROM changes").pluck().get()).toBe(20_999);
});

/** What can be written. */
const step = fc.record({
  what: fc.constantFrom("request", "delivery", "start", "next", "record", "settle", "finish", "reply", "remove", "end"),
  request: fc.nat(4),
  delivery: fc.nat(6),
});

test("whatever is written to requests, deliveries and attempts is a new request or a change of it", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const { db, changes, take } = writing();
      for (const taken of steps) {
        const [before, snapshot] = [changes.latest(), contentOf(db)];
        take(taken);
        const { changes: noted, until } = changes.since(before, 99);
        const told = new Set(noted.map(({ kind, rowId }) => ownerOf(kind, rowId, snapshot, contentOf(db))));
        for (let id = before.newestRequestId + 1; id <= until.newestRequestId; id += 1) told.add(id);
        expect([...differing(snapshot, contentOf(db))].filter((id) => !told.has(id))).toEqual([]);
      }
      db.close();
    }),
    { numRuns: 40 },
  );
});

type Step = ReturnType<typeof step.generate>["value"];

/** Does what a store does, without waiting for a disk. */
function writing() {
  const db = new Sqlite(":memory:");
  migrate(db, { migrations, applicationId: APPLICATION_ID });
  const spool = new Spool("/nowhere", { startedAtMs: 1, pid: 1 });
  const { requests, deliveries, changes, sessions } = openTables(db, spool);
  const retention = new RetentionRows(db, changes);
  const sessionId = sessions.insert(sampleSession());
  const take = ({ what, request, delivery }: Step): void => {
    const [row] = requests.page({ limit: 1, beforeId: request + 2, includeMalformed: true });
    const found = deliveries.find(delivery + 1);
    if (what === "request") {
      const id = requests.insert(capturedRequest(), { sessionId, event: {} });
      for (const one of [forward, replay]) deliveries.insert(id, sessionId, 0, one);
    }
    if (what === "end") deliveries.interrupt(sessionId);
    if (what === "delivery" && row) deliveries.add(row.request.id, sessionId, 0, replay);
    if (what === "reply" && row) requests.setReply(row.request.id, { status: 200, note: String(delivery) });
    if (what === "remove" && row) retention.remove(row.request.id, 0);
    if (!found) return;
    const number = found.attempts.filter(({ outcome }) => outcome).length + 1;
    if (["next", "record", "finish"].includes(what))
      deliveries.insertAttempt({ ...attempt, deliveryId: found.id, number });
    if (what === "start") deliveries.startAttempt(found.id, { number, startedAtMs: delivery });
    if (what === "next") deliveries.startAttempt(found.id, { number: number + 1, startedAtMs: 1 });
    if (what === "record") deliveries.rest(found.id);
    if (what === "settle") deliveries.settle(found.id, { status: "failed" });
    if (what === "finish") deliveries.settle(found.id, { status: "delivered", reply: { status: 200 } });
  };
  return { db, changes, take };
}

type Content = ReadonlyMap<number, string>;

/** All that belongs to each request, as text. */
function contentOf(db: Database): Content {
  const rows = db.prepare<[], { id: number; said: string }>(`SELECT id, json_array(id, reply_status, reply_note,
    json((SELECT json_group_array(json_array(id, status, running_number, running_since_ms, reply_status,
      (SELECT count(*) FROM attempts WHERE delivery_id = deliveries.id)))
    FROM deliveries WHERE request_id = requests.id))) AS said FROM requests`);
  return new Map(rows.all().map(({ id, said }) => [id, said]));
}

function differing(before: Content, after: Content): ReadonlySet<number> {
  const ids = new Set([...before.keys(), ...after.keys()]);
  for (const id of ids) if (before.get(id) === after.get(id)) ids.delete(id);
  return ids;
}

/** The request that a change is about. */
function ownerOf(kind: Change["kind"], rowId: number, before: Content, after: Content): number | undefined {
  if (kind === "request" || kind === "removed") return rowId;
  const holds = (said: string): boolean => (JSON.parse(said) as [0, 0, 0, [number][]])[3].some(([id]) => id === rowId);
  return [...after, ...before].find(([, said]) => holds(said))?.[0];
}

function tables() {
  const { db, spool } = openRows();
  const [changes, requests, deliveries] = [new ChangeRows(db), new RequestRows(db, spool), new DeliveryRows(db, spool)];
  const insert = () => {
    const id = requests.insert(capturedRequest(), { sessionId: 1, event: {} });
    return { id, deliveryId: deliveries.insert(id, 1, 0, forward), seq: changes.ofRequest(id) };
  };
  const settle = (deliveryId: number): number => {
    finishRows(deliveries, { deliveryId, ...attempt });
    return changes.latest().seq;
  };
  return { db, changes, deliveries, insert, settle };
}

function rowCount(db: Database): number {
  return Number(db.prepare("SELECT count(*) FROM changes").pluck().get());
}
