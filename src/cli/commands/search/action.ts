import { printFilter } from "../../../core/filter/print-filter.ts";
import type { SearchEvent } from "../../../io/store/search/searcher.ts";
import { Searcher } from "../../../io/store/search/searcher.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { type ListedDelivery, RequestTable } from "../../words/request-table.ts";
import { listedToJson } from "../../../core/wire/request-json.ts";
import { countText, plural } from "../../words/units.ts";
import { readFilter } from "../../flag-groups/read-filter.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { withStore } from "../../running/with-store.ts";
import type { Given } from "./flags.ts";

const MOST = 1_000_000;

/** Prints what matches, as it is found. */
export const search: Action<Given> = async (at, words, flags) => {
  const filter = readFilter(words, flags);
  if (filter.length === 0) {
    throw flags.usage("there is nothing to look for");
  }
  const limit = flags.wholeNumber("limit", 1, MOST) ?? 20;
  const stopping = new AbortController();
  const stopHearing = at.onSignal(() => stopping.abort());
  return withStore(at, flags, async (store) => {
    const searcher = new Searcher(store.path, store.files);
    try {
      const stored = store.read.countRequests();
      const newestId = store.read.listRequests({ limit: 1, includeMalformed: true })[0]?.request.id ?? 0;
      const events = searcher.search(filter, { nowMs: at.clock.nowMs(), limit, signal: stopping.signal });
      const count = await printAll(at, events, { newestId, limit, isJson: flags.isOn("json") });
      const isDone = !stopping.signal.aborted;
      if (isDone && count === 0 && !flags.isOn("json"))
        at.err.line(`none of ${plural(stored, "request")} matches (${printFilter(filter)})`);
      else if (isDone && count === limit && at.isOutTty)
        at.err.line(
          `the newest ${plural(count, "match").replace(/hs$/, "hes")}; --limit ${Math.min(limit * 10, MOST)} for more`,
        );
      return isDone ? EXIT.ok : EXIT.interrupted;
    } finally {
      stopHearing();
      await searcher.close();
    }
  });
};

/** @returns how many there were */
async function printAll(
  at: Surroundings,
  events: AsyncIterable<SearchEvent>,
  { newestId, limit, isJson }: { readonly newestId: number; readonly limit: number; readonly isJson: boolean },
): Promise<number> {
  const table = new RequestTable(at);
  let count = 0;
  let rows: ListedDelivery[] = [];
  for await (const event of events) {
    if (event.kind === "match") {
      rows.push(event.found);
      count += 1;
      continue;
    }
    if (at.isErrTty) at.err.transient("");
    // Two streams, one screen: what is taken away must be gone before something stands in its place.
    if (at.isErrTty && rows.length > 0) await at.err.flushed();
    if (isJson) for (const row of rows) at.out.json(listedToJson(row, at.out.mask()));
    else table.print(rows);
    rows = [];
    await at.out.flushed();
    if (at.outSink.isClosed) break;
    if (at.isErrTty && event.beforeId > 0 && count < limit)
      at.err.transient(progressText(event.beforeId, newestId, count));
  }
  if (at.isErrTty) at.err.transient("");
  return count;
}

function progressText(beforeId: number, newestId: number, count: number): string {
  const percent = Math.floor(((newestId - beforeId) / Math.max(1, newestId)) * 100);
  return `searching, back to #${countText(beforeId)} (${percent} %), ${countText(count)} found`;
}
