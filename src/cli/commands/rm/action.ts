import { HookcliError } from "../../../core/model/errors.ts";
import { removeRequests, worthOf } from "../../../app/upkeep/remove-requests.ts";
import { BRISK } from "../../../app/upkeep/slices.ts";
import type { Removal } from "../../../io/store/upkeep/upkeep.ts";
import { ask, canAsk } from "../../terminal/ask.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { keepRunning } from "../../running/keep-running.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import { leftText, removalText, removalToJson } from "../../words/removal-words.ts";
import { plural } from "../../words/units.ts";
import { asksForMalformed, readFilter } from "../../flag-groups/read-filter.ts";
import { selectRequests } from "../../../app/looking/select-requests.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { withStore } from "../../running/with-store.ts";
import type { Given } from "./flags.ts";

/** Removes the requests that were named. */
export const rm: Action<Given> = async (at, names, flags) => {
  const filter = readFilter([], flags);
  if (names.length === 0 && filter.length === 0) {
    const problem =
      "no request is named: give an id, a range (40..50), or a filter (--failed, --type, --since, --filter)";
    throw flags.usage(problem);
  }
  return withStore(at, flags, async (store) => {
    // A range means whatever is stored in it, a filter what list shows for it.
    const leftOut = filter.length === 0 || asksForMalformed(filter) ? [] : (["malformed"] as const);
    const { ids } = await selectRequests({ names, filter, leftOut }, store, at.clock.nowMs());
    const isDryRun = flags.isOn("dry-run");
    if (!isDryRun && !(await isMeant(at, flags, ids))) {
      at.err.line("nothing was removed");
      return EXIT.no;
    }
    const removal = isDryRun
      ? worthOf(store, ids)
      : await keepRunning(() => removeRequests(store, ids, { clock: at.clock, pace: BRISK }));
    print(at, removal, ids, flags);
    return removal.busy.length > 0 && !isDryRun ? EXIT.no : EXIT.ok;
  });
};

/** @throws NOT_CONFIRMED */
async function isMeant(at: Surroundings, flags: Given, ids: readonly number[]): Promise<boolean> {
  if (ids.length === 1 || flags.isOn("yes")) return true;
  const deed = `${plural(ids.length, "request")} (${spanOf(ids)}) would be removed`;
  if (!canAsk(at)) throw new HookcliError("NOT_CONFIRMED", { deed });
  return ask(at, `Remove ${plural(ids.length, "request")} (${spanOf(ids)}) for good?`, false);
}

function print(at: Surroundings, removal: Removal, ids: readonly number[], flags: Given): void {
  const isDryRun = flags.isOn("dry-run");
  if (flags.isOn("json")) {
    const left = new Set(removal.busy);
    const gone = ids.filter((id) => !left.has(id));
    const shape: JsonShape<"removed"> = { v: 1, kind: "removed", ...removalToJson(removal, isDryRun), ids: gone };
    return at.out.json(shape);
  }
  at.out.line(removalText(removal, isDryRun), ` (${spanOf(ids)})`);
  if (removal.busy.length > 0) at.err.line(leftText(removal.busy));
}

/** `#42`, `#40, #42`, `40 to 50` */
function spanOf(ids: readonly number[]): string {
  if (ids.length <= 5) return ids.map((id) => `#${id}`).join(", ");
  return `#${ids[0] ?? ""} to #${ids.at(-1) ?? ""}`;
}
