import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseFilter } from "../../../../../src/core/filter/parse-filter.ts";
import type { Body } from "../../../../../src/core/model/body.ts";
import { searchSlice, type SearchSlice, type SliceQuestion } from "../../../../../src/io/store/search/search-slice.ts";
import type { Spool } from "../../../../../src/io/store/disk/spool.ts";
import { openTables as openDatabase } from "../../../../helpers/rows.ts";
import { capturedRequest, fileNameOf, SAMPLE_TIME_MS, textBody } from "../../../../helpers/samples.ts";
import { TickingClock } from "../../../../helpers/ticking-clock.ts";
import { openTables, type Tables } from "../../../../../src/io/store/rows/tables.ts";

const NEVER = new AbortController().signal;

describe("a spooled body", () => {
  // Chunks are 64 KiB: the text lies across the end of the first one.
  const across = `${"x".repeat(65_533)}needle${"y".repeat(70_000)}`;

  test("is looked through, also where the text lies across two pieces of it", async () => {
    const { tables, spool } = openStore();
    insert(tables, await spooled(spool, across));
    insert(tables, await spooled(spool, "hay"));
    insert(tables, textBody("a needle"));
    expect(await found(tables, "NeEdLe")).toEqual([3, 1]);
    expect(await found(tables, "-needle")).toEqual([2]);
    expect(await found(tables, "needle yyy")).toEqual([1]);
    expect(await found(tables, "needle zzz")).toEqual([]);
    expect(await found(tables, "method:post -hay")).toEqual([3, 1]);
  });

  test("goes nowhere: a match has its size and not its bytes", async () => {
    const { tables, spool } = openStore();
    insert(tables, await spooled(spool, across));
    const { found: matches } = await slice(tables, { filter: parseFilter("needle") });
    expect(matches).toMatchObject([{ bodySizeBytes: across.length, request: { body: { kind: "bytes" } } }]);
  });

  test("whose file is gone holds nothing, and the search goes on", async () => {
    const { tables, spool } = openStore();
    insert(tables, textBody("needle"));
    const body = await spooled(spool, across);
    insert(tables, body);
    rmSync(join(spool.folder, fileNameOf(body)));
    expect(await found(tables, "needle")).toEqual([1]);
  });

  test("is not read on once a signal has ended the search", async () => {
    const { tables, spool } = openStore();
    insert(tables, await spooled(spool, across));
    const stopping = new AbortController();
    const running = slice(tables, { filter: parseFilter("-hay") }, { signal: stopping.signal });
    stopping.abort();
    expect((await running).found).toEqual([]);
  });
});

describe("a slice", () => {
  test("ends with the limit, and the next one goes on there", async () => {
    const { tables } = openStore();
    for (let at = 0; at < 5; at++) insert(tables, textBody("a"));
    const first = await slice(tables, { limit: 2 });
    expect([idsOf(first), first.beforeId]).toEqual([[5, 4], 4]);
    const second = await slice(tables, { limit: 9, beforeId: first.beforeId });
    expect([idsOf(second), second.beforeId]).toEqual([[3, 2, 1], 0]);
  });

  test("hands over what it has after two hundred matches", async () => {
    const { tables, db } = openStore();
    db.transaction(() => {
      for (let at = 0; at < 250; at++) insert(tables, textBody("a"));
    })();
    const first = await slice(tables, {});
    expect([first.found.length, first.beforeId]).toEqual([200, 51]);
  });

  test("ends when it has had its 25 ms, however much there is: twice as many ids with each query", async () => {
    const { tables, db } = openStore();
    db.transaction(() => {
      for (let at = 0; at < 1000; at++) insert(tables, textBody("hay"));
    })();
    const filter = parseFilter("needle");
    const beforeIdAfter = async (tickMs: number): Promise<number> =>
      (await slice(tables, { filter }, { tickMs })).beforeId;
    expect(await beforeIdAfter(26)).toBe(1001 - 32);
    expect(await beforeIdAfter(25)).toBe(1001 - 32 - 64);
    expect(await beforeIdAfter(10)).toBe(1001 - 32 - 64 - 128);
    expect(await beforeIdAfter(0)).toBe(0);
  });

  test("walks over everything, whatever was removed, and has malformed ones too", async () => {
    const { tables, db } = openStore();
    db.transaction(() => {
      for (let at = 0; at < 1500; at++) insert(tables, textBody(at % 500 === 0 ? "needle" : "hay"));
    })();
    db.exec("DELETE FROM requests WHERE id BETWEEN 400 AND 1400 AND id <> 501");
    tables.requests.insert(capturedRequest({ completeness: "malformed", body: textBody("needle") }), nobody);
    db.exec(
      "UPDATE requests SET id = 900000 WHERE id = 1501; UPDATE request_bodies SET request_id = 900000 WHERE request_id = 1501",
    );
    expect(await found(tables, "needle")).toEqual([900_000, 501, 1]);
  });

  test("of an empty store is empty, and the last one", async () => {
    expect(await slice(openStore().tables, {})).toEqual({ found: [], beforeId: 0 });
  });
});

const nobody = { sessionId: 1, event: {} };

function openStore(): ReturnType<typeof openDatabase> & { readonly tables: Tables } {
  const { db, spool } = openDatabase();
  return { db, spool, tables: openTables(db, spool) };
}

function insert(tables: Tables, body: Body): void {
  tables.requests.insert(capturedRequest({ body }), nobody);
}

async function spooled(spool: Spool, text: string): Promise<Body> {
  const sink = await spool.openSink();
  await sink.write(Buffer.from(text));
  return sink.finish();
}

async function slice(
  tables: Tables,
  question: Partial<SliceQuestion>,
  { signal = NEVER, tickMs = 0 }: { readonly signal?: AbortSignal; readonly tickMs?: number } = {},
): Promise<SearchSlice> {
  const all = { filter: [], nowMs: SAMPLE_TIME_MS, beforeId: Number.MAX_SAFE_INTEGER, limit: Infinity };
  return searchSlice(tables, { ...all, ...question }, { clock: new TickingClock(tickMs), signal });
}

/** Ids of all matches, slice by slice. */
async function found(tables: Tables, text: string): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let beforeId = Number.MAX_SAFE_INTEGER; beforeId > 0;) {
    const next = await slice(tables, { filter: parseFilter(text), beforeId });
    ids.push(...idsOf(next));
    beforeId = next.beforeId;
  }
  return ids;
}

function idsOf({ found: matches }: SearchSlice): readonly number[] {
  return matches.map(({ request }) => request.id);
}
