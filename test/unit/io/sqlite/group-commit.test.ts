import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { GroupCommit, type GroupCommitOptions } from "../../../../src/io/sqlite/group-commit.ts";
import { openDatabase } from "../../../../src/io/sqlite/open.ts";
import { foldLog, garblePages } from "../../../helpers/damage.ts";
import { OtherProcess } from "../../../helpers/other-process.ts";
import { lookInto } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { TickingClock } from "../../../helpers/ticking-clock.ts";
import { turns } from "../../../helpers/turns.ts";
import { transactionsInLog } from "../../../helpers/wal.ts";
import type { Database } from "../../../../src/io/sqlite/database.ts";

const SCHEMA = "CREATE TABLE notes (text UNIQUE); CREATE TABLE sessions (seen_at_ms)";
const LONG_MS = 60_000;

describe("a group of writes", () => {
  test("that come in one turn of the event loop is one transaction", async () => {
    const { path, commits, insert, before } = open();
    await Promise.all(Array.from({ length: 500 }, (_, index) => commits.write(insert(`${index}`))));
    expect(transactionsInLog(path) - before).toBe(1);
    expect(textsIn(path)).toEqual(Array.from({ length: 500 }, (_, index) => `${index}`));
  });

  test("also takes in what the next turns bring, but not for ever", async () => {
    const { path, commits, insert, before } = open();
    const writes: Promise<unknown>[] = [];
    for (let turn = 0; turn < 40; turn += 1) {
      writes.push(commits.write(insert(`${turn}`)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(writes);
    const transactions = transactionsInLog(path) - before;
    expect(transactions).toBeGreaterThanOrEqual(10);
    expect(transactions).toBeLessThan(40);
  });

  test("is there for every other connection when the first of them is resolved", async () => {
    const { path, commits, insert } = open();
    const other = lookInto(path);
    const count = other.prepare<[], number>("SELECT count(*) FROM notes").pluck();
    const seen = await Promise.all(["a", "b", "c"].map((text) => commits.write(insert(text)).then(() => count.get())));
    expect(seen).toEqual([3, 3, 3]);
  });

  test("gives each its own result", async () => {
    const { commits } = open();
    expect(await Promise.all([1, 2, 3].map((number) => commits.write(() => number * 2)))).toEqual([2, 4, 6]);
  });

  test("with a bad one in it stores the others, and only the bad one fails", async () => {
    const { path, commits, insert } = open();
    const settled = await Promise.allSettled(["a", "b", "a", "c"].map((text) => commits.write(insert(text))));
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(textsIn(path)).toEqual(["a", "b", "c"]);
  });

  test("that meets damage fails whole: a damaged file is not written any more", async () => {
    const { path, commits, insert } = open();
    await commits.write(insert("before"));
    foldLog(path);
    garblePages(path);
    const settled = await Promise.allSettled([commits.write(() => "writes nothing"), commits.write(insert("b"))]);
    expect(settled).toMatchObject([
      { status: "rejected", reason: { code: expect.stringMatching(/^SQLITE_CORRUPT/) as string } },
      { status: "rejected" },
    ]);
  });
});

describe("a lazy write", () => {
  test("rides with the next one", async () => {
    const { path, commits, insert, before } = open({ lazyDelayMs: LONG_MS });
    await Promise.all([commits.writeLazily(insert("lazy")), commits.write(insert("next"))]);
    expect(transactionsInLog(path) - before).toBe(1);
    expect(textsIn(path)).toEqual(["lazy", "next"]);
  });

  test("gets a commit of its own when none comes", async () => {
    const { path, commits, insert, before } = open({ lazyDelayMs: 5 });
    await Promise.all([commits.writeLazily(insert("a")), commits.writeLazily(insert("b"))]);
    expect(transactionsInLog(path) - before).toBe(1);
  });
});

test("whatever is written, in whatever way and order: the good ones are stored in order, and only the bad ones fail", async () => {
  const { path, commits, insert } = open({ lazyDelayMs: 1 });
  const expected: string[] = [];
  let count = 0;
  const step = fc.record({ isLazy: fc.boolean(), isBad: fc.boolean(), isLast: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const writes: Promise<boolean>[] = [];
      for (const { isLazy, isBad, isLast } of steps) {
        const text = `${(count += 1)}`;
        if (!isBad) expected.push(text);
        const run = isBad ? refuse : insert(text);
        const written = isLazy ? commits.writeLazily(run) : commits.write(run);
        writes.push(
          written.then(
            () => true,
            () => false,
          ),
        );
        if (isLast) await new Promise((resolve) => setImmediate(resolve));
      }
      expect(await Promise.all(writes)).toEqual(steps.map(({ isBad }) => !isBad));
      expect(textsIn(path)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

describe("while another process holds the lock", () => {
  test("writes wait, the event loop runs on, and all are stored in order when the lock is gone", async () => {
    const clock = new TickingClock();
    const { path, commits, insert } = open({ clock });
    const other = new OtherProcess();
    await other.obey({ kind: "sql", path, sql: "BEGIN IMMEDIATE; INSERT INTO notes VALUES ('theirs')" });
    const writes = ["a", "b"].map((text) => commits.write(insert(text)));
    // It looks at the clock once for each time that it was refused.
    await clock.looks(5);
    writes.push(commits.write(insert("c")), commits.writeLazily(insert("d")));
    expect(lookInto(path).prepare("SELECT count(*) AS count FROM notes").get()).toEqual({ count: 0 });
    // The lock goes only when this event loop says so: whoever stood still here would wait for ever.
    await other.obey({ kind: "sql", path, sql: "COMMIT" });
    await Promise.all(writes);
    expect(textsIn(path)).toEqual(["theirs", "a", "b", "c", "d"]);
  });

  test("writes are given up when patience is over and not before, and the next one after it succeeds", async () => {
    const clock = new TickingClock();
    const { path, commits, insert } = open({ busyPatienceMs: 150, clock });
    const other = new OtherProcess();
    await other.obey({ kind: "sql", path, sql: "BEGIN IMMEDIATE" });
    const written = commits.write(insert("a"));
    const refused = expect(written).rejects.toMatchObject({ code: "SQLITE_BUSY" });
    clock.advance(149);
    await clock.looks(3);
    expect(await isSettled(written)).toBe(false);
    clock.advance(1);
    await refused;
    await other.obey({ kind: "sql", path, sql: "COMMIT" });
    await commits.write(insert("b"));
    expect(textsIn(path)).toEqual(["b"]);
  });

  test("the end waits as well, but not for longer than patience lasts", async () => {
    const { path, commits, insert } = open({ busyPatienceMs: 150, clock: new TickingClock(50) });
    const other = new OtherProcess();
    await other.obey({ kind: "sql", path, sql: "BEGIN IMMEDIATE" });
    const written = commits.write(insert("a"));
    commits.close();
    await expect(written).rejects.toMatchObject({ code: "SQLITE_BUSY" });
  });
});

describe("where a commit is synced after it", () => {
  test("its writes wait for that, and what comes meanwhile is the next commit", async () => {
    const disk = new ScriptedDisk();
    const { path, commits, insert, before } = open({ sync: disk.sync, lazyDelayMs: 1 });
    const first = commits.write(insert("a"));
    await expect.poll(() => disk.waiting).toBe(1);
    const others = [commits.write(insert("b")), commits.write(insert("c")), commits.writeLazily(insert("d"))];
    await turns(20);
    expect([transactionsInLog(path) - before, await isSettled(first)]).toEqual([1, false]);
    disk.end();
    await first;
    await expect.poll(() => disk.waiting).toBe(1);
    expect([transactionsInLog(path) - before, await isSettled(...others)]).toEqual([2, false]);
    disk.end();
    await Promise.all(others);
  });

  test("its writes fail with the sync, and the next ones are tried again", async () => {
    const disk = new ScriptedDisk();
    const { commits, insert } = open({ sync: disk.sync });
    const first = commits.write(insert("a"));
    await expect.poll(() => disk.waiting).toBe(1);
    const second = commits.write(insert("b"));
    disk.end(new Error("EIO"));
    await expect(first).rejects.toThrow("EIO");
    await expect.poll(() => disk.waiting).toBe(1);
    disk.end();
    await second;
  });

  test("the end does not wait for it: its own commit is durable", async () => {
    const disk = new ScriptedDisk();
    const { path, commits, insert } = open({ sync: disk.sync });
    const first = commits.write(insert("a"));
    await expect.poll(() => disk.waiting).toBe(1);
    const second = commits.write(insert("b"));
    commits.close();
    expect(textsIn(path)).toEqual(["a", "b"]);
    await second;
    disk.end();
    await first;
  });
});

test("nothing is committed while something else is under way, and everything after it", async () => {
  const { path, commits, insert, before } = open({ lazyDelayMs: 1 });
  const works = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  for (const { promise } of works) void commits.pauseFor(promise);
  const writes = [commits.write(insert("a")), commits.writeLazily(insert("b"))];
  await turns(20);
  works[0]?.resolve();
  await turns(20);
  expect(transactionsInLog(path) - before).toBe(0);
  works[1]?.reject(new Error("whatever it was"));
  await Promise.all(writes);
  expect(textsIn(path)).toEqual(["a", "b"]);
});

describe("the end", () => {
  test("commits what is queued, lazy or not", async () => {
    const { path, commits, insert } = open({ lazyDelayMs: LONG_MS });
    const written = [commits.write(insert("a")), commits.writeLazily(insert("b"))];
    commits.close();
    expect(textsIn(path)).toEqual(["a", "b"]);
    await Promise.all(written);
  });

  test("takes no more", async () => {
    const { commits, insert } = open();
    commits.close();
    await expect(commits.write(insert("a"))).rejects.toThrow("the store is closed");
    await expect(commits.writeLazily(insert("a"))).rejects.toThrow("the store is closed");
  });
});

interface Opened {
  readonly path: string;
  readonly commits: GroupCommit;
  readonly insert: (text: string) => () => unknown;
  /** Transactions in the log so far. */
  readonly before: number;
}

function open(options: Partial<GroupCommitOptions> = {}): Opened {
  const path = join(temporaryFolder(), "x.db");
  const db: Database = openDatabase({ path, migrations: [SCHEMA], applicationId: 1, busyTimeoutMs: 10 });
  onTestFinished(() => void db.close());
  const commits = new GroupCommit(db, {
    lazyDelayMs: 20,
    busyPatienceMs: LONG_MS,
    clock: systemClock,
    explain: (error) => error,
    ...options,
  });
  const statement = db.prepare("INSERT INTO notes VALUES (?)");
  return { path, commits, insert: (text) => () => statement.run(text), before: transactionsInLog(path) };
}

function textsIn(path: string): readonly unknown[] {
  return lookInto(path).prepare("SELECT text FROM notes ORDER BY rowid").pluck().all();
}

function refuse(): never {
  throw new Error("a bad write");
}

/** A disk whose syncs end when they are told to. */
class ScriptedDisk {
  readonly #ends: ((error?: Error) => void)[] = [];

  get waiting(): number {
    return this.#ends.length;
  }

  readonly sync = async (): Promise<void> =>
    new Promise((resolve, reject) => {
      this.#ends.push((error) => (error ? reject(error) : resolve()));
    });

  end(error?: Error): void {
    this.#ends.shift()?.(error);
  }
}

async function isSettled(...promises: readonly Promise<unknown>[]): Promise<boolean> {
  const settled = promises.map((promise) => promise.then(() => true));
  return Promise.race([...settled, new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);
}

test("writes that are given up are rejected with the reason, those that come later too, and nothing is written", async () => {
  const { path, commits, insert, before } = open();
  const reason = new Error("the file is gone");
  const queued = [commits.write(insert("a")), commits.writeLazily(insert("b"))].map(async (written) =>
    written.catch((error: unknown) => error),
  );
  commits.abandon(reason);
  expect(await Promise.all([...queued, commits.write(insert("c")).catch((error: unknown) => error)])).toEqual([
    reason,
    reason,
    reason,
  ]);
  expect(transactionsInLog(path) - before).toBe(0);
});
