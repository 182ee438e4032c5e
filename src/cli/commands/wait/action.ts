import type { Filter } from "../../../core/filter/filter.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { parseRequestReference } from "../../../core/model/request-reference.ts";
import type { SessionRecord } from "../../../core/model/session.ts";
import { matchingRequests } from "../../../app/looking/matching-requests.ts";
import { filterSql } from "../../../io/store/filter/filter-sql.ts";
import type { Store } from "../../../io/store/store.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { keepRunning } from "../../running/keep-running.ts";
import { RequestTable } from "../../words/request-table.ts";
import { listedToJson } from "../../../core/wire/request-json.ts";
import { durationText, plural } from "../../words/units.ts";
import { asksForMalformed, readFilter } from "../../flag-groups/read-filter.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { withStore } from "../../running/with-store.ts";
import type { Given } from "./flags.ts";

const DEFAULT_TIMEOUT_MS = 30_000;
const MOST = 1_000_000;
/** How many earlier matches are counted for the hint. */
const EARLIER = 1000;

/** Blocks until so many requests match, and prints them. */
export const wait: Action<Given> = async (at, args, flags) => {
  const filter = readFilter(args, flags);
  const count = flags.wholeNumber("count", 1, MOST) ?? 1;
  const timeoutMs = flags.durationMs("timeout") ?? DEFAULT_TIMEOUT_MS;
  return withStore(at, flags, async (store, living) => {
    const afterId = startId(store, { at, flags, living });
    const seen = await keepRunning(() => printMatches(at, store, { filter, count, timeoutMs, afterId, flags }));
    if (seen === count) return EXIT.ok;
    const next = nextStep(filter, store, afterId, at.clock.nowMs());
    throw new HookcliError("WAIT_TIMEOUT", { seen, count, duration: durationText(timeoutMs), next });
  });
};

interface Awaited {
  readonly filter: Filter;
  readonly count: number;
  /** 0: for ever. */
  readonly timeoutMs: number;
  readonly afterId: number;
  readonly flags: Given;
}

/** Prints each match when it is there; how many there were when all came, or the time was over. */
async function printMatches(at: Surroundings, store: Store, wanted: Awaited): Promise<number> {
  const { filter, count, timeoutMs, afterId, flags } = wanted;
  const ended = new AbortController();
  const { signal } = ended;
  if (timeoutMs > 0) void at.clock.wait(timeoutMs, signal).then(() => ended.abort());
  const table = new RequestTable(at);
  let seen = 0;
  const includeMalformed = asksForMalformed(filter);
  for await (const match of matchingRequests(filter, { store, clock: at.clock, afterId, includeMalformed, signal })) {
    if (flags.isOn("json")) at.out.json(listedToJson(match, at.out.mask()));
    else table.print([match]);
    seen += 1;
    if (seen === count) break;
  }
  ended.abort();
  return seen;
}

interface Start {
  readonly at: Surroundings;
  readonly flags: Given;
  readonly living: readonly SessionRecord[];
}

/**
 * The request that the wait starts behind. An id need not be there, and `latest` of nothing is where the store begins.
 * @throws BAD_VALUE, REQUEST_NOT_FOUND
 */
function startId(store: Store, { at, flags, living }: Start): number {
  if (flags.isOn("include-stored")) return 0;
  const after = flags.text("after");
  if (after === undefined) return sinceListening(store, living, at.directory) ?? newestId(store);
  if (after === "0") return 0;
  const reference = parseRequestReference(after);
  if (reference.kind === "id") return reference.id;
  const id = store.read.requestId(reference);
  if (id === undefined && reference.kind === "event")
    throw new HookcliError("REQUEST_NOT_FOUND", { reference: after, store: store.path });
  return id ?? 0;
}

/** Where the newest listener began, one of this folder before all others; undefined: none is running. */
function sinceListening(store: Store, living: readonly SessionRecord[], directory: string): number | undefined {
  const listeners = living.filter(({ captureUrl }) => captureUrl !== undefined);
  const listener = listeners.find((session) => session.directory === directory) ?? listeners[0];
  return listener && store.read.newestBefore(listener);
}

function newestId(store: Store): number {
  return store.read.listRequests({ limit: 1, includeMalformed: true })[0]?.request.id ?? 0;
}

/** A script that fired its event before it started the listener, or that names the wrong request, sees why. */
function nextStep(filter: Filter, store: Store, afterId: number, nowMs: number): string {
  const page = { limit: EARLIER, beforeId: afterId + 1, includeMalformed: false, filter: filterSql(filter, nowMs) };
  const earlier = afterId === 0 ? 0 : store.read.listRequests(page).length;
  if (earlier === 0) return "hookcli list shows what came; --timeout 2m waits longer";
  return `${plural(earlier, "request")} that match${earlier === 1 ? "es" : ""} came before: --include-stored counts what is stored, --after <request> what came after that one`;
}
