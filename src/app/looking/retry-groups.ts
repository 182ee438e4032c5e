import { createHash } from "node:crypto";
import { type Filter, term } from "../../core/filter/filter.ts";
import { bodySizeBytes, readBody } from "../../core/model/body.ts";
import type { StoredRequest } from "../../core/model/request.ts";
import { filterSql } from "../../io/store/filter/filter-sql.ts";
import type { ListedRequest, RequestPage } from "../../io/store/rows/request-rows.ts";
import { sameEventSql, sameSizeSql, withoutEventSql } from "../../io/store/filter/retry-sql.ts";
import type { Store } from "../../io/store/store.ts";
import { type CapturedAttempt, capturedAttempt } from "./captured-attempt.ts";

/** What came more than once, or once so far: one event of one provider, else one body. */
export interface RetryGroup {
  readonly provider?: string | undefined;
  readonly eventId?: string | undefined;
  readonly eventType?: string | undefined;
  /** Hexadecimal; where no event is named. */
  readonly bodySha256?: string | undefined;
  /** The rule by which the newest was judged. */
  readonly scheme?: string | undefined;
  /** Oldest first; never empty. */
  readonly attempts: readonly CapturedAttempt[];
  /** There are more, older ones. */
  readonly isCut: boolean;
}

/** More attempts of one event are not looked at. */
const MOST_ATTEMPTS = 500;
/** Requests without an event id: so many around one are compared, and of so many their bodies are read for a table. */
const NEIGHBOURS = 20_000;
const MOST_COMPARED = 2000;
const MOST_HASHED_BYTES = 64 * 1024 * 1024;
/** Rows of what repeats that are looked at for a table. */
const MOST_ROWS = 10_000;
const PAGE = 500;

/** What belongs to a request: all attempts of its event, else all with its body among the requests around it. */
export async function groupOf(request: StoredRequest, store: Store): Promise<RetryGroup> {
  const { event } = request;
  if (event.eventId !== undefined) {
    const rows = pageOf(store, { limit: MOST_ATTEMPTS + 1, filter: sameEventSql(event.eventId, event.provider) });
    // One that a person made is no attempt of the provider, but it can be asked about.
    return toGroup(rows.length > 0 ? rows.map((row) => row.request) : [request], store);
  }
  const sizeBytes = bodySizeBytes(request.body);
  const hash = await sha256Of(request);
  if (sizeBytes === 0) return toGroup([request], store, hash);
  const around = { beforeId: request.id + NEIGHBOURS, leastId: Math.max(0, request.id - NEIGHBOURS) };
  const filter = sameSizeSql({ method: request.method, target: request.target, provider: event.provider }, sizeBytes);
  const same: StoredRequest[] = [];
  const most = Math.max(1, Math.floor(MOST_HASHED_BYTES / sizeBytes));
  for (const row of pageOf(store, { limit: Math.min(MOST_ATTEMPTS + 1, most), ...around, filter })) {
    const whole = row.request.id === request.id ? request : withBody(row.request.id, store);
    if (whole && (whole.id === request.id || (await sha256Of(whole)) === hash)) same.push(row.request);
  }
  return toGroup(same.some(({ id }) => id === request.id) ? same : [request], store, hash);
}

/** Groups of at least two, the one with the newest attempt first. @param limit of groups */
export async function repeatedGroups(
  filter: Filter,
  { store, limit, nowMs }: { readonly store: Store; readonly limit: number; readonly nowMs: number },
): Promise<readonly RetryGroup[]> {
  const named = eventsOf(filter, { store, limit, nowMs });
  const unnamed = await bodiesOf(filter, { store, limit, nowMs });
  const newest = ({ attempts }: RetryGroup): number => attempts.at(-1)?.request.id ?? 0;
  return [...named, ...unnamed].sort((a, b) => newest(b) - newest(a)).slice(0, limit);
}

interface Asked {
  readonly store: Store;
  readonly limit: number;
  readonly nowMs: number;
}

/** By the index of what repeats, newest first, until there are enough. */
function eventsOf(filter: Filter, { store, limit, nowMs }: Asked): readonly RetryGroup[] {
  const repeated: Filter = [term({ kind: "state", state: "duplicate" }), ...filter];
  const sql = filterSql(repeated, nowMs);
  const groups = new Map<string, RetryGroup>();
  let beforeId: number | undefined;
  for (let seen = 0; seen < MOST_ROWS && groups.size < limit; seen += PAGE) {
    const rows = pageOf(store, { limit: PAGE, beforeId, filter: sql });
    for (const { request } of rows) {
      const { eventId, provider } = request.event;
      const key = JSON.stringify([provider, eventId]);
      if (eventId === undefined || groups.has(key) || groups.size >= limit) continue;
      const all = pageOf(store, { limit: MOST_ATTEMPTS + 1, filter: sameEventSql(eventId, provider) });
      groups.set(
        key,
        toGroup(
          all.map((row) => row.request),
          store,
        ),
      );
    }
    beforeId = rows.at(-1)?.request.id;
    if (rows.length < PAGE) break;
  }
  // Attempts that were removed had been counted: where only one is left there is nothing to compare it with.
  return [...groups.values()].filter(({ attempts }) => attempts.length > 1);
}

/** Among the newest requests, of those that name no event; only where address and size are the same a body is read. */
async function bodiesOf(filter: Filter, { store, nowMs }: Asked): Promise<readonly RetryGroup[]> {
  const [newest] = store.read.listRequests({ limit: 1, includeMalformed: true });
  const leastId = (newest?.request.id ?? 0) - NEIGHBOURS;
  const rows = pageOf(store, { limit: MOST_COMPARED, leastId, filter: withoutEventSql(filterSql(filter, nowMs)) });
  const candidates = Map.groupBy(rows, ({ request, bodySizeBytes: size }) =>
    JSON.stringify([request.event.provider, request.method, request.target, size]),
  );
  const groups: RetryGroup[] = [];
  let leftBytes = MOST_HASHED_BYTES;
  for (const alike of candidates.values()) {
    if (alike.length < 2) continue;
    leftBytes -= alike.reduce((sum, row) => sum + row.bodySizeBytes, 0);
    if (leftBytes < 0) break;
    groups.push(...(await sameBodies(alike, store)));
  }
  return groups;
}

async function sameBodies(alike: readonly ListedRequest[], store: Store): Promise<readonly RetryGroup[]> {
  const byHash = new Map<string, StoredRequest[]>();
  for (const { request } of alike) {
    const whole = withBody(request.id, store);
    const hash = whole && (await sha256Of(whole));
    if (hash !== undefined) byHash.set(hash, [...(byHash.get(hash) ?? []), request]);
  }
  return [...byHash].flatMap(([hash, same]) => (same.length > 1 ? [toGroup(same, store, hash)] : []));
}

/** @param newestFirst never empty */
function toGroup(newestFirst: readonly StoredRequest[], store: Store, bodySha256?: string): RetryGroup {
  const kept = newestFirst.slice(0, MOST_ATTEMPTS).toSorted((a, b) => a.receivedAtMs - b.receivedAtMs || a.id - b.id);
  const { provider, eventId, scheme } = kept.at(-1)?.event ?? {};
  const eventType = kept.findLast(({ event }) => event.eventType !== undefined)?.event.eventType;
  const attempts = kept.map((request) => capturedAttempt(request, store));
  const isCut = newestFirst.length > MOST_ATTEMPTS;
  return { provider, eventId, eventType, scheme, bodySha256, attempts, isCut };
}

function pageOf(store: Store, page: Omit<RequestPage, "includeMalformed">): readonly ListedRequest[] {
  return store.read.listRequests({ ...page, includeMalformed: false });
}

function withBody(id: number, store: Store): StoredRequest | undefined {
  return store.read.findRequest({ kind: "id", id });
}

async function sha256Of({ body }: StoredRequest): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of readBody(body)) hash.update(chunk);
  return hash.digest("hex");
}
