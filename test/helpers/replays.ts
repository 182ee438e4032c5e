import { type ReplayFlags } from "../../src/cli/commands/replay/read-flags.ts";
import { Replays, type ReplaysOptions } from "../../src/app/replaying/replays.ts";
import type { Secret } from "../../src/core/model/secret.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import type { Store } from "../../src/io/store/store.ts";
import { openForwarder } from "./pipelines.ts";
import { FORWARD } from "./session.ts";
import { THIS_MACHINE } from "./surroundings.ts";

interface ReplaysChanges extends Partial<Omit<ReplaysOptions, "signing">> {
  /** To sign with. */
  readonly secrets?: readonly Secret[];
}

/** What is sent again from a store, over real connections: as stored, where nobody changes or signs it. */
export function openReplays(store: Store, { secrets = [], ...changes }: ReplaysChanges = {}): Replays {
  return new Replays({
    store,
    clock: systemClock,
    forwarder: openForwarder(store),
    living: [],
    directory: "/",
    targets: [],
    content: async () => undefined,
    isForced: false,
    isAsCaptured: false,
    signing: {
      schemes: [],
      provider: undefined,
      publicUrl: undefined,
      headerEdits: [],
      secretsOf: async () => ({ chosen: undefined, known: secrets }),
      uuid: () => "00000000-0000-4000-8000-000000000000",
      machine: () => THIS_MACHINE,
    },
    onNotice: () => undefined,
    ...changes,
  });
}

/** What `replay` was asked, where it was asked for nothing special. */
export function replayFlags(changes: Partial<ReplayFlags> = {}): ReplayFlags {
  return {
    names: [],
    filter: [],
    targets: undefined,
    times: 1,
    intervalMs: 0,
    concurrency: 1,
    seed: undefined,
    edits: { values: [], body: undefined },
    forward: FORWARD,
    isDryRun: false,
    isRevealed: false,
    isYes: false,
    isForced: false,
    isJson: false,
    isQuiet: false,
    ...changes,
  };
}
