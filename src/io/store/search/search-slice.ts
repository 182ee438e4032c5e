import type { Delivery } from "../../../core/model/delivery.ts";
import type { Clock } from "../../../core/model/clock.ts";
import { EMPTY_BODY, type FileBody } from "../../../core/model/body.ts";
import type { Filter } from "../../../core/filter/filter.ts";
import { matchesFilter } from "../../../core/filter/match-filter.ts";
import { startTextSearch } from "../../../core/filter/text-search.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { filterSql } from "../filter/filter-sql.ts";
import type { ListedRequest } from "../rows/request-rows.ts";
import type { Tables } from "../rows/tables.ts";

/** What is looked for, and from where on. */
export interface SliceQuestion {
  readonly filter: Filter;
  /** Ages in the filter count from here. */
  readonly nowMs: number;
  /** Only requests older than this one are looked at. */
  readonly beforeId: number;
  /** The slice ends with so many matches. */
  readonly limit: number;
}

/** What a slice gets from whoever runs it. */
export interface SliceSurroundings {
  readonly clock: Pick<Clock, "monotonicMs">;
  /** Ends the slice early. */
  readonly signal: AbortSignal;
}

/** A match as a list shows it: its body stays in the store. */
export interface FoundRequest extends ListedRequest {
  /** The one that tells how it fared; undefined where it went nowhere. */
  readonly delivery: Delivery | undefined;
}

export interface SearchSlice {
  /** Newest first. */
  readonly found: readonly FoundRequest[];
  /** Where the next slice begins; 0: everything has been looked at. */
  readonly beforeId: number;
}

/** About so long a slice takes: short enough to be stopped between two, long enough for each to be worth its message. */
const SLICE_MS = 25;
const FIRST_SPAN = 32;
/** A slice ends with so many matches, whatever the limit: they are shown while the next ones are found. */
const MOST_FOUND = 200;

/**
 * Looks at one stretch of the store, newest first, spooled bodies included. Each query walks so many ids that no read
 * transaction lasts: twice as many as the one before, until the slice has had its time.
 */
export async function searchSlice(
  tables: Tables,
  question: SliceQuestion,
  { clock, signal }: SliceSurroundings,
): Promise<SearchSlice> {
  const { filter, nowMs } = question;
  const limit = Math.min(MOST_FOUND, question.limit);
  const sql = filterSql(filter, nowMs, { spooled: "candidates" });
  const found: FoundRequest[] = [];
  const startedAtMs = clock.monotonicMs();
  let beforeId = startBelow(tables, question.beforeId);
  for (let span = FIRST_SPAN; beforeId > 0 && found.length < limit && !signal.aborted; span *= 2) {
    const most = limit - found.length;
    const leastId = Math.max(0, beforeId - span);
    const rows = tables.requests.page({ limit: most, beforeId, leastId, includeMalformed: true, filter: sql });
    for (const row of rows) {
      const match = { ...row, delivery: tables.deliveries.tellingOf(row.request.id) };
      if ((await holds(match, question, sql.needsSpooled, signal)) && !signal.aborted) found.push(toFound(match));
    }
    beforeId = (rows.length === most ? rows.at(-1)?.request.id : undefined) ?? leastId;
    if (clock.monotonicMs() - startedAtMs > SLICE_MS) break;
  }
  return { found, beforeId };
}

/** Behind the newest request that is older than `beforeId`: what was removed is not walked through. 0: there is none. */
function startBelow({ requests }: Tables, beforeId: number): number {
  const [newest] = requests.page({ limit: 1, beforeId, includeMalformed: true });
  return newest ? newest.request.id + 1 : 0;
}

/** What SQL found holds; of a spooled body it could not tell. */
async function holds(
  { request, delivery }: FoundRequest,
  { filter, nowMs }: SliceQuestion,
  needsSpooled: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  if (!needsSpooled || request.body.kind !== "file") return true;
  const held = await textsIn(request.body, filter, signal);
  return matchesFilter(filter, { request, delivery, nowMs, spooledHolds: (text) => held.has(text) });
}

/** Which of the filter's texts a spooled body holds. One whose file is gone holds none. */
export async function textsIn(body: FileBody, filter: Filter, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const texts = filter.flatMap(({ condition }) => (condition.kind === "text" ? [condition.text] : []));
  const open = new Map(texts.map((text) => [text, startTextSearch(text)]));
  const held = new Set<string>();
  try {
    for await (const piece of body.read()) {
      for (const [text, search] of open) {
        if (!search.add(piece)) continue;
        held.add(text);
        open.delete(text);
      }
      if (open.size === 0 || signal.aborted) break;
    }
  } catch (error) {
    if (!(error instanceof HookcliError)) throw error;
  }
  return held;
}

/** A spooled body can be read here and nowhere else: a match goes to another thread. */
function toFound(match: FoundRequest): FoundRequest {
  return { ...match, request: { ...match.request, body: EMPTY_BODY } };
}
