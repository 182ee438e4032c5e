import { bodySizeBytes, bytesBody } from "../../../core/model/body.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { Forwarder } from "../../../app/delivering/forwarder.ts";
import { assertReplayable } from "../../../app/replaying/replay.ts";
import type { Store } from "../../../io/store/store.ts";
import { ask, canAsk } from "../../terminal/ask.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { styled } from "../../terminal/printer.ts";
import { ReplayRenderer } from "./replay-renderer.ts";
import { countText, sizeText } from "../../words/units.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { withStore } from "../../running/with-store.ts";
import { printDryRun } from "./dry-run.ts";
import { editContent, type ContentOf } from "./edit.ts";
import { type ReplayFlags, readReplayFlags } from "./read-flags.ts";
import { ReplayRun } from "./run.ts";
import { ReplaySigning } from "./signing.ts";
import { type SelectedRequests, selectRequests } from "../../../app/looking/select-requests.ts";
import type { Given } from "./flags.ts";

/** More than this at once, and not counted by hand, is worth a question. */
const MOST_UNASKED = 20;
/** Never sent again but by name. */
const UNSENDABLE = ["malformed", "refused"] as const;
/** The order of more than this would not fit into memory. */
const MOST_SENDS = 10_000_000;

/** Sends stored requests again. */
export const replay: Action<Given> = async (at, args, flags) => {
  const asked = await readReplayFlags(at, args, flags);
  const signs = { signing: new ReplaySigning(at, flags), schemes: flags.schemes };
  return withStore(at, flags, async (store, living) => {
    const selected = await selectRequests({ ...asked, leftOut: UNSENDABLE }, store, at.clock.nowMs());
    refuseTooMany(selected, asked, flags);
    const total = selected.ids.length * asked.times;
    const renderer = new ReplayRenderer(at, { ...asked, total });
    const forwarder = new Forwarder(
      asked.forward,
      async () => store.openSink(),
      (note) => renderer.note(note),
    );
    try {
      const said = new Set<string>();
      const say = (note: string): void => {
        if (!said.has(note)) renderer.note(styled("note: ", "wait"), note);
        said.add(note);
      };
      const content = await contentOf(at, asked, selected, store, say);
      if (content === "nothing") {
        at.err.line("nothing was changed, so nothing is sent; --yes sends it all the same");
        return EXIT.ok;
      }
      const run = new ReplayRun({ at, asked, store, living, forwarder, selected, content, renderer, ...signs, say });
      if (asked.isDryRun) return await printDryRun(at, asked, selected.ids, run);
      if (!(await isMeant(at, selected, asked))) {
        at.err.line("nothing was sent");
        return EXIT.ok;
      }
      return await run.run();
    } finally {
      await forwarder.close();
    }
  });
};

/** @throws USAGE */
function refuseTooMany({ ids }: SelectedRequests, { edits, times }: ReplayFlags, flags: Given): void {
  const problem =
    edits.inEditor && ids.length > 1
      ? `--edit takes one request at a time, and these are ${countText(ids.length)}`
      : ids.length * times > MOST_SENDS
        ? `${countText(ids.length * times)} are too many to be sent at once: the limit is ${countText(MOST_SENDS)}`
        : undefined;
  if (problem !== undefined) throw flags.usage(problem);
}

/** The editor is opened here, once, before anything is sent; all else is done to each request when its turn comes. */
async function contentOf(
  at: Surroundings,
  { edits, isYes, isDryRun, isForced }: ReplayFlags,
  { ids }: SelectedRequests,
  store: Store,
  say: (note: string) => void,
): Promise<ContentOf | "nothing"> {
  const around = { at, say, keep: async (bytes: Uint8Array) => (isDryRun ? bytesBody(bytes) : store.keepBody(bytes)) };
  if (!edits.inEditor) return async (request) => (await editContent(request, edits, around)).edited;
  const id = ids[0] ?? 0;
  const request = store.read.findRequest({ kind: "id", id });
  if (!request) throw new HookcliError("REQUEST_NOT_FOUND", { reference: String(id), store: store.path });
  assertReplayable(request, sizeText(bodySizeBytes(request.body)), isForced || edits.body !== undefined);
  const { edited, isUntouched } = await editContent(request, edits, around);
  return isUntouched && !isYes ? "nothing" : async () => edited;
}

/** @throws NOT_CONFIRMED */
async function isMeant(
  at: Surroundings,
  { ids, isUncounted }: SelectedRequests,
  { times, isYes }: ReplayFlags,
): Promise<boolean> {
  const total = ids.length * times;
  if (isYes || total <= MOST_UNASKED || (!isUncounted && times === 1)) return true;
  if (canAsk(at)) return ask(at, `Send ${countText(total)} requests?`, false);
  throw new HookcliError("NOT_CONFIRMED", { deed: `this sends ${countText(total)} requests` });
}
