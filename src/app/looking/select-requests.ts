import { type Filter, type FilterState, term } from "../../core/filter/filter.ts";
import { printFilter } from "../../core/filter/print-filter.ts";
import { HookcliError } from "../../core/model/errors.ts";
import { parseRequestSelection } from "../../core/model/request-reference.ts";
import { filterSql } from "../../io/store/filter/filter-sql.ts";
import { Searcher } from "../../io/store/search/searcher.ts";
import type { Store } from "../../io/store/store.ts";

/** Which requests a command line is about. */
export interface AskedRequests {
  /** `42`, `latest:order.*`, `40..50`, an event id; none: all that the filter lets through. */
  readonly names: readonly string[];
  readonly filter: Filter;
  /** What ranges and filters leave out; a request that is named alone is never left out. */
  readonly leftOut: readonly FilterState[];
}

export interface SelectedRequests {
  /** Oldest first, each once. */
  readonly ids: readonly number[];
  /** A range or a filter chose among them, so that nobody has counted them. */
  readonly isUncounted: boolean;
}

interface IdRange {
  readonly least: number;
  readonly most: number;
  /** One request that a person named. */
  readonly isNamed: boolean;
}

/** Ids are read in pages, so that nobody who writes waits for a long list. */
const PAGE = 5000;
const EVERYTHING: IdRange = { least: 1, most: Number.MAX_SAFE_INTEGER, isNamed: false };
const ANY = { where: "TRUE", parameters: [] } as const;

/**
 * Finds out which requests are meant; no body is read for it but where a filter asks for text.
 * @throws BAD_VALUE, REQUEST_NOT_FOUND where a named one is not there or none is at all, NOTHING_SELECTED
 */
export async function selectRequests(asked: AskedRequests, store: Store, nowMs: number): Promise<SelectedRequests> {
  const { names, filter } = asked;
  const ranges = names.length > 0 ? names.map((name) => rangeOf(name, store)) : [EVERYTHING];
  const found = new Set<number>();
  for (const range of ranges) {
    if (range.isNamed && filter.length === 0) found.add(range.least);
    else for (const id of await idsWithin(range, asked, store, nowMs)) found.add(id);
  }
  if (found.size === 0) {
    const selection = [names.join(", "), printFilter(filter)].filter((part) => part !== "").join(" with ");
    if (selection === "") throw new HookcliError("REQUEST_NOT_FOUND", { reference: "at all", store: store.path });
    throw new HookcliError("NOTHING_SELECTED", { store: store.path, selection });
  }
  return {
    ids: [...found].sort((a, b) => a - b),
    isUncounted: filter.length > 0 || ranges.some(({ isNamed }) => !isNamed),
  };
}

function rangeOf(name: string, store: Store): IdRange {
  const selection = parseRequestSelection(name);
  if (selection.kind === "range") return { ...selection, isNamed: false };
  const id = store.read.requestId(selection);
  const isThere = id !== undefined && store.read.matchingIds(id - 1, ANY, 1)[0] === id;
  if (!isThere) throw new HookcliError("REQUEST_NOT_FOUND", { reference: name, store: store.path });
  return { least: id, most: id, isNamed: true };
}

async function idsWithin(
  { least, most, isNamed }: IdRange,
  { filter, leftOut }: AskedRequests,
  store: Store,
  nowMs: number,
): Promise<readonly number[]> {
  const whole = [
    ...filter,
    ...(isNamed && filter.length === 0 ? [] : leftOut).map((state) => term({ kind: "state", state }, true)),
    term({ kind: "id", least, most }),
  ];
  const sql = filterSql(whole, nowMs);
  if (sql.needsSpooled) return searched(whole, most, store, nowMs);
  const ids: number[] = [];
  for (let after = least - 1; ;) {
    const page = store.read.matchingIds(after, sql, PAGE);
    for (const id of page) ids.push(id);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return ids;
    after = last;
  }
}

/** A text may stand in a spooled body, which SQL does not see. */
async function searched(filter: Filter, most: number, store: Store, nowMs: number): Promise<readonly number[]> {
  const searcher = new Searcher(store.path);
  const ids: number[] = [];
  try {
    const beforeId = Math.min(most + 1, Number.MAX_SAFE_INTEGER);
    for await (const event of searcher.search(filter, { nowMs, beforeId })) {
      if (event.kind === "match") ids.push(event.found.request.id);
    }
  } finally {
    await searcher.close();
  }
  return ids;
}
