import { statSync } from "node:fs";
import { join } from "node:path";
import { parseFilter } from "../../src/core/filter/parse-filter.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import { filterSql } from "../../src/io/store/filter/filter-sql.ts";
import { Searcher } from "../../src/io/store/search/searcher.ts";
import { Store } from "../../src/io/store/store.ts";
import type { Bench } from "./lib/bench.ts";
import { eventIdOf, fillStore, RARE_TYPE } from "./lib/filled-store.ts";
import { startLoad } from "./lib/load.ts";
import { say, sayBar, sayRounds } from "./lib/report.ts";
import { median } from "./lib/stats.ts";
import type { Wanted } from "./lib/wanted.ts";

const PAGE = 20;
const REPEATS = 15;
const MOST_QUERY_MS = 5;
const CONNECTIONS = 8;
const NOWHERE = "a-text-that-no-request-holds";

/** Lists, single requests and searches on a large store, and what a search costs a listener that captures meanwhile. */
export async function query(bench: Bench, { requests = 1_000_000, rounds = 7, seconds = 3 }: Wanted): Promise<void> {
  const path = join(bench.folder, "query.db");
  const startedAt = performance.now();
  fillStore(path, requests);
  const fillSeconds = (performance.now() - startedAt) / 1000;
  const megabytes = statSync(path).size / 1e6;
  say(`${requests} requests of 0.4 KB: ${megabytes.toFixed(0)} MB, filled in ${fillSeconds.toFixed(1)} s`);
  measureQueries(path, requests);
  const searcher = new Searcher(path);
  try {
    await measureSearch(searcher, rounds);
    await measureDisturbance(bench, searcher, rounds, seconds * 1000);
  } finally {
    await searcher.close();
  }
}

function measureQueries(path: string, requests: number): void {
  const store = new Store({ path, clock: systemClock, pid: process.pid, busyTimeoutMs: 1000 });
  const page = (text: string, beforeId?: number) => (): void => {
    const filter = filterSql(parseFilter(text), systemClock.nowMs());
    const listed = store.read.listRequests({ limit: PAGE, beforeId, includeMalformed: false, filter });
    for (const { request } of listed) store.read.tellingDelivery(request.id);
  };
  const middle = Math.ceil(requests / 2);
  const asked: readonly (readonly [name: string, ask: () => void])[] = [
    ["newest page", page("")],
    ["page from the middle", page("", middle)],
    ["by id", () => store.read.findRequest({ kind: "id", id: middle })],
    ["by event id", page(`event:${eventIdOf(middle)}`)],
    ["a common type", page("type:invoice.paid")],
    ["a rare type", page(`type:${RARE_TYPE}`)],
    ["status:5xx, 6 of 100", page("status:5xx")],
    ["status:503, 1 of 100", page("status:503")],
    ["status:418, none", page("status:418")],
    ["is:failed", page("is:failed")],
  ];
  try {
    for (const [, ask] of asked) ask();
    for (const [name, ask] of asked) {
      const timesMs = Array.from({ length: REPEATS }, () => timeMs(ask));
      sayRounds(name, timesMs, "ms", 2);
      sayBar(name, median(timesMs), "<=", MOST_QUERY_MS, " ms");
    }
  } finally {
    store.close();
  }
}

async function measureSearch(searcher: Searcher, rounds: number): Promise<void> {
  await searchOnce(searcher);
  const timesMs: number[] = [];
  for (let at = 0; at < rounds; at += 1) timesMs.push(await searchOnce(searcher));
  sayRounds("a text that is nowhere, all looked through", timesMs, "ms", 0);
  sayBar("a text that is nowhere", median(timesMs), "<=", 2000, " ms");
}

/** The search runs in a process of its own, as `hookcli search` does, again and again while the load is on. */
async function measureDisturbance(bench: Bench, searcher: Searcher, rounds: number, forMs: number): Promise<void> {
  const listener = await bench.listen("query");
  const load = await startLoad(bench);
  const loaded = async () => load({ port: listener.port, pid: listener.pid, connections: CONNECTIONS, forMs });
  const aloneMs: number[] = [];
  const disturbedMs: number[] = [];
  for (let at = 0; at <= rounds; at += 1) {
    aloneMs.push((await loaded()).p99Ms);
    const stopping = new AbortController();
    const searching = searchUntil(searcher, stopping.signal);
    disturbedMs.push((await loaded()).p99Ms);
    stopping.abort();
    await searching;
  }
  // The first one is the warm-up.
  const added = disturbedMs.map((value, at) => value - (aloneMs[at] ?? NaN)).slice(1);
  say(`capture at ${CONNECTIONS} connections, 1 KB:`);
  sayRounds("p99 alone", aloneMs.slice(1), "ms");
  sayRounds("p99 while a search runs", disturbedMs.slice(1), "ms");
  sayBar("p99 added by a search", median(added), "<=", 20, " ms");
}

async function searchUntil(searcher: Searcher, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await searchOnce(searcher, signal);
}

async function searchOnce(searcher: Searcher, signal?: AbortSignal): Promise<number> {
  const startedAt = performance.now();
  const options = { nowMs: systemClock.nowMs(), limit: PAGE, signal };
  for await (const { kind } of searcher.search(parseFilter(NOWHERE), options)) {
    if (kind === "match") throw new Error("the text is somewhere");
  }
  return performance.now() - startedAt;
}

function timeMs(ask: () => void): number {
  const startedAt = performance.now();
  ask();
  return performance.now() - startedAt;
}
