import { type Body, bytesBody } from "../../../core/model/body.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { Forwarder } from "../../../app/delivering/forwarder.ts";
import { assertReplayable } from "../../../app/replaying/replay.ts";
import type { Store } from "../../../io/store/store.ts";
import { ask, canAsk } from "../../terminal/ask.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { styled } from "../../terminal/printer.ts";
import { ReplayRenderer } from "./replay-renderer.ts";
import { countText } from "../../words/units.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { withStore } from "../../running/with-store.ts";
import { printDryRun } from "./dry-run.ts";
import { type EditedContent, editContent } from "../../../app/replaying/edit.ts";
import { type ContentOf, Replays } from "../../../app/replaying/replays.ts";
import { hasSecretFlag } from "../../flag-groups/read-sending.ts";
import type { StoredRequest } from "../../../core/model/request.ts";
import { SayOnce } from "../../../core/model/say-once.ts";
import { signatureNote } from "./signature-notes.ts";
import { type ReplayFlags, readReplayFlags } from "./read-flags.ts";
import { ReplayRun } from "./run.ts";
import { readSigning } from "./read-signing.ts";
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
  const signing = readSigning(at, flags);
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
      const notes = new SayOnce((text) => renderer.note(styled("note: ", "wait"), text));
      const content = await contentOf(at, asked, selected, store, (note) => notes.once(note));
      if (content === "nothing") {
        at.err.line("nothing was changed, so nothing is sent; --yes sends it all the same");
        return EXIT.ok;
      }
      const replays = new Replays({
        store,
        clock: at.clock,
        forwarder,
        living,
        directory: at.directory,
        targets: asked.targets,
        content,
        isForced: asked.isForced || asked.edits.body !== undefined,
        signing,
        isAsCaptured: flags.isOn("as-captured"),
        onNotice: (notice) => {
          const note = signatureNote(notice, hasSecretFlag(flags));
          if (note) notes.once(note.text, note.kind);
        },
      });
      if (asked.isDryRun) return await printDryRun(at, asked, selected.ids, replays);
      if (!(await isMeant(at, selected, asked))) {
        at.err.line("nothing was sent");
        return EXIT.ok;
      }
      return await new ReplayRun({ at, asked, store, ids: selected.ids, replays, renderer }).run();
    } finally {
      await forwarder.close();
    }
  });
};

/** @throws USAGE */
function refuseTooMany({ ids }: SelectedRequests, { edits, times }: ReplayFlags, flags: Given): void {
  const problem =
    edits.byHand && ids.length > 1
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
  const keep = async (bytes: Uint8Array): Promise<Body> => (isDryRun ? bytesBody(bytes) : store.keepBody(bytes));
  const edit = async (request: StoredRequest): Promise<EditedContent> =>
    editContent(request, edits, { keep, onNote: say, nowMs: at.clock.nowMs() });
  if (!edits.byHand) return async (request) => (await edit(request)).edited;
  const id = ids[0] ?? 0;
  const request = store.read.findRequest({ kind: "id", id });
  if (!request) throw new HookcliError("REQUEST_NOT_FOUND", { reference: String(id), store: store.path });
  assertReplayable(request, isForced || edits.body !== undefined);
  const { edited, isUntouched } = await edit(request);
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
