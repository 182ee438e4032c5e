import { type ComparedGroup, compareGroup, type CompareGroupOptions } from "../../../app/looking/compare-group.ts";
import { groupOf, repeatedGroups } from "../../../app/looking/retry-groups.ts";
import { watchStore } from "../../../app/looking/watch-store.ts";
import { type Filter, term } from "../../../core/filter/filter.ts";
import { printFilter } from "../../../core/filter/print-filter.ts";
import { badValue, HookcliError } from "../../../core/model/errors.ts";
import type { StoredRequest } from "../../../core/model/request.ts";
import { parseRequestReference, type RequestReference } from "../../../core/model/request-reference.ts";
import { isAsExpected } from "../../../core/schedules/comparison.ts";
import { readSchedule, type WrittenSchedule } from "../../../core/schedules/find-schedule.ts";
import { filterSql } from "../../../io/store/filter/filter-sql.ts";
import type { Store } from "../../../io/store/store.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT, type ExitCode } from "../../terminal/exit.ts";
import { keepRunning } from "../../running/keep-running.ts";
import { readProvider } from "../../flag-groups/read-provider.ts";
import { RetryDetail } from "./retry-detail.ts";
import { retriesToJson } from "../../../app/looking/retry-json.ts";
import { RetryTable } from "./retry-table.ts";
import { readFilter } from "../../flag-groups/read-filter.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { readTolerance } from "./tolerance.ts";
import { withStore } from "../../running/with-store.ts";
import type { Given } from "./flags.ts";

const MOST = 1000;

/** Shows how often an event came, and what that says of its sender. */
export const retries: Action<Given> = async (at, [name], flags) => {
  const provider = readProvider(flags, "provider")?.name;
  const filter = [...readFilter([], flags), ...providerTerm(provider)];
  const limit = flags.wholeNumber("limit", 1, MOST) ?? 20;
  const options = { tolerance: readTolerance(flags), schemes: flags.schemes, expected: readExpected(flags) };
  const asked = { filter, limit, options, flags };
  return withStore(at, flags, async (store) => {
    if (name === undefined) return overview(at, store, asked);
    const request = requestOf(name, filter, store, at.clock.nowMs());
    return flags.isOn("follow") ? follow(at, store, request, asked) : one(at, store, request, asked);
  });
};

interface Asked {
  readonly filter: Filter;
  readonly limit: number;
  readonly options: Omit<CompareGroupOptions, "nowMs">;
  readonly flags: Given;
}

/** @throws BAD_VALUE for a schedule that says nothing that could be expected */
function readExpected(flags: Given): WrittenSchedule | undefined {
  const text = flags.text("expect");
  if (text === undefined) return undefined;
  const written = readSchedule(text);
  if (written.kind === "named" && "why" in written.schedule.retries)
    throw badValue(flags.nameOf("expect"), text, written.schedule.retries.why, "--expect 1m,5m,30m or --expect svix");
  return written;
}

function providerTerm(provider: string | undefined): Filter {
  return provider === undefined ? [] : [term({ kind: "provider", glob: provider })];
}

/**
 * The newest request of an event, or the one that was named.
 * @throws REQUEST_NOT_FOUND
 */
function requestOf(name: string, filter: Filter, store: Store, nowMs: number): StoredRequest {
  const reference = referenceOf(name);
  if (reference.kind === "event" && filter.length > 0) {
    const event: Filter = [term(reference), ...filter];
    const [row] = store.read.listRequests({ limit: 1, includeMalformed: false, filter: filterSql(event, nowMs) });
    if (row) return row.request;
  } else {
    const found = store.read.findRequest(reference);
    if (found) return found;
  }
  throw new HookcliError("REQUEST_NOT_FOUND", { reference: name, store: store.path });
}

/** Ids of events are whatever a provider writes; what is no name of a request may be one. */
function referenceOf(name: string): RequestReference {
  try {
    return parseRequestReference(name);
  } catch (error) {
    if (!(error instanceof HookcliError)) throw error;
    return { kind: "event", eventId: name };
  }
}

async function one(
  at: Surroundings,
  store: Store,
  request: StoredRequest,
  { options, flags }: Asked,
): Promise<ExitCode> {
  const compared = compareGroup(await groupOf(request, store), { ...options, nowMs: at.clock.nowMs() });
  if (flags.isOn("json")) at.out.json(retriesToJson(compared, at.out.mask()));
  else {
    const detail = new RetryDetail(at);
    detail.attempts(compared, false);
    detail.standing(compared);
  }
  return exitOf([compared], options);
}

/** Prints attempts as they arrive; with a schedule that is expected, until the answer is there. */
async function follow(
  at: Surroundings,
  store: Store,
  request: StoredRequest,
  { options, flags }: Asked,
): Promise<ExitCode> {
  const stopping = new AbortController();
  const stopHearing = at.onSignal(() => stopping.abort());
  const detail = new RetryDetail(at);
  const read = async (): Promise<ComparedGroup> =>
    compareGroup(await groupOf(request, store), { ...options, nowMs: at.clock.nowMs() });
  const dueMs = ({ comparison }: ComparedGroup): number | undefined => comparison.next?.toMs;
  let last: ComparedGroup | undefined;
  let shown = "";
  await keepRunning(async () => {
    for await (const compared of watchStore({ store, clock: at.clock, signal: stopping.signal, read, dueMs })) {
      last = compared;
      const json = JSON.stringify(retriesToJson(compared, at.out.mask()));
      if (flags.isOn("json") && json !== shown) at.out.json(retriesToJson(compared, at.out.mask()));
      if (!flags.isOn("json")) detail.attempts(compared, true);
      shown = json;
      await at.out.flushed();
      const isDecided = compared.comparison.end !== "open" || !isAsExpected(compared.comparison);
      if (at.outSink.isClosed || (options.expected !== undefined && isDecided)) break;
    }
  });
  stopHearing();
  if (last && !flags.isOn("json")) {
    detail.attempts(last, false);
    detail.standing(last);
  }
  return last ? exitOf([last], options) : EXIT.ok;
}

/** Events that came more than once, newest first. */
async function overview(at: Surroundings, store: Store, { filter, limit, options, flags }: Asked): Promise<ExitCode> {
  if (flags.isOn("follow")) throw flags.usage("--follow follows one event: name it");
  const nowMs = at.clock.nowMs();
  const groups = await repeatedGroups(filter, { store, limit, nowMs });
  const compared = groups.map((group) => compareGroup(group, { ...options, nowMs }));
  if (flags.isOn("json")) for (const each of compared) at.out.json(retriesToJson(each, at.out.mask()));
  else new RetryTable(at).print(compared);
  if (compared.length === 0 && !flags.isOn("json")) {
    const says = filter.length === 0 ? "" : ` and matches ${printFilter(filter)}`;
    at.err.line(`no event came more than once${says}; hookcli retries <event> shows one that came once`);
  }
  return exitOf(compared, options);
}

function exitOf(groups: readonly ComparedGroup[], { expected }: Pick<CompareGroupOptions, "expected">): ExitCode {
  return expected === undefined || groups.every(({ comparison }) => isAsExpected(comparison)) ? EXIT.ok : EXIT.no;
}
