import { prune as pruneStore, type Pruned, totalBytes } from "../../../app/upkeep/prune.ts";
import { BRISK } from "../../../app/upkeep/slices.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { keepRunning } from "../../running/keep-running.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import { leftText, removalText, removalToJson, sizesText, sizesToJson } from "../../words/removal-words.ts";
import { sizeText } from "../../../core/model/quantities.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { withStore } from "../../running/with-store.ts";
import { readRetentionFlags } from "../../flag-groups/read-retention.ts";
import type { Given } from "./flags.ts";

/** Removes the oldest requests and gives their room back. */
export const prune: Action<Given> = async (at, _args, flags) => {
  const limits = readRetentionFlags(flags, 0);
  const isDryRun = flags.isOn("dry-run");
  return withStore(at, flags, async (store) => {
    const pruned = await keepRunning(() => pruneStore(store, limits, { clock: at.clock, pace: BRISK, isDryRun }));
    // A full disk may have cost it.
    if (pruned.requests > 0 && !isDryRun) store.upkeep.takeBallast();
    if (flags.isOn("json")) at.out.json(toJson(pruned, isDryRun));
    else print(at, pruned, isDryRun, limits.maxBytes);
    const isTooLarge = limits.maxBytes !== undefined && totalBytes(pruned.after) > limits.maxBytes;
    return isTooLarge && !isDryRun ? EXIT.no : EXIT.ok;
  });
};

function print(at: Surroundings, pruned: Pruned, isDryRun: boolean, maxBytes: number | undefined): void {
  at.out.line(removalText(pruned, isDryRun));
  const after = totalBytes(pruned.after);
  const arrow = at.out.isUnicode ? "→" : "->";
  if (isDryRun) at.out.line(`the store takes ${sizeText(after)} (${sizesText(pruned.after)})`);
  else
    at.out.line(
      `the store takes ${sizeText(totalBytes(pruned.before))} ${arrow} ${sizeText(after)} (${sizesText(pruned.after)})`,
    );
  if (pruned.busy.length > 0) at.err.line(leftText(pruned.busy));
  if (isDryRun || maxBytes === undefined || after <= maxBytes) return;
  at.err.line(`still larger than ${sizeText(maxBytes)}: what is left is in use; try again when nothing is running`);
}

function toJson(pruned: Pruned, isDryRun: boolean): JsonShape<"pruned"> {
  return {
    v: 1,
    kind: "pruned",
    ...removalToJson(pruned, isDryRun),
    before: sizesToJson(pruned.before),
    after: sizesToJson(pruned.after),
  };
}
