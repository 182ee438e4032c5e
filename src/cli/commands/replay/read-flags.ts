import type { Filter } from "../../../core/filter/filter.ts";
import { parseRequestSelection } from "../../../core/model/request-reference.ts";
import type { Target } from "../../../core/model/target.ts";
import type { ForwardOptions } from "../../../app/delivering/forwarder.ts";
import { readFilter } from "../../flag-groups/read-filter.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { readGivenBody, readShuffleSeed, readTargets, readValueEdits } from "../../flag-groups/read-sending.ts";
import { readForwardFlags } from "../../flag-groups/read-forward.ts";
import type { Given } from "./flags.ts";
import type { ContentEdits } from "../../../app/replaying/edit.ts";
import { editByHand } from "./edit-by-hand.ts";

/** What `replay` was asked to do. */
export interface ReplayFlags {
  /** Ids, ranges, events. Empty: all that the filter lets through. */
  readonly names: readonly string[];
  readonly filter: Filter;
  /** Undefined: the running listener's, or where each request went before. */
  readonly targets: readonly Target[] | undefined;
  readonly times: number;
  readonly intervalMs: number;
  readonly concurrency: number;
  /** Undefined: in order. */
  readonly seed: number | undefined;
  readonly edits: ContentEdits;
  readonly forward: ForwardOptions;
  readonly isDryRun: boolean;
  readonly isRevealed: boolean;
  readonly isYes: boolean;
  readonly isForced: boolean;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
}

const MOST_TIMES = 1_000_000;
const MOST_CONCURRENCY = 1000;

/** @throws BAD_VALUE, BAD_FILTER, USAGE, FILE_UNREADABLE */
export async function readReplayFlags(at: Surroundings, names: readonly string[], flags: Given): Promise<ReplayFlags> {
  for (const name of names) parseRequestSelection(name);
  const filter = readFilter([], flags);
  if (names.length === 0 && filter.length === 0 && /^(?:#?\d+(?:\.\.\d+)?|latest.*)$/.test(flags.text("secret") ?? ""))
    throw flags.usage(
      "no request is named: --secret has taken the word behind it as its value. Write the request first (hookcli replay 42 --secret), or --secret=<value>",
    );
  if (names.length === 0 && filter.length === 0)
    throw flags.usage(
      "name a request (42, latest), a range (40..50) or a filter (--failed, --type, --since, --filter)",
    );
  return {
    names,
    filter,
    targets: readTargets(flags),
    times: flags.wholeNumber("times", 1, MOST_TIMES) ?? 1,
    intervalMs: flags.durationMs("interval") ?? 0,
    concurrency: flags.wholeNumber("concurrency", 1, MOST_CONCURRENCY) ?? 1,
    seed: readShuffleSeed(flags),
    forward: readForward(flags),
    isDryRun: flags.isOn("dry-run"),
    isRevealed: flags.isOn("reveal"),
    isYes: flags.isOn("yes"),
    isForced: flags.isOn("force"),
    isJson: flags.isOn("json"),
    isQuiet: flags.isOn("quiet"),
    edits: await readEdits(at, flags),
  };
}

/** As captured means as captured: a file that sets headers speaks for every other call. */
function readForward(flags: Given): ForwardOptions {
  const forward = { ...readForwardFlags(flags), preserveHost: flags.isOn("preserve-host"), concurrency: Infinity };
  return flags.isOn("as-captured") ? { ...forward, headerEdits: [] } : forward;
}

async function readEdits(at: Surroundings, flags: Given): Promise<ContentEdits> {
  return {
    values: readValueEdits(flags),
    byHand: flags.isOn("edit") ? async (id, raw) => editByHand(at, id, raw) : undefined,
    body: await readGivenBody(at, flags.text("body")),
  };
}
