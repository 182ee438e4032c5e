import { editableText } from "../../../app/replaying/edit.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { parseRawRequest, printRawRequest, type RawRequest } from "../../../core/model/raw-request.ts";
import { ask, canAsk } from "../../terminal/ask.ts";
import { openInEditor } from "../../terminal/editor.ts";
import { styled } from "../../terminal/printer.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";

/**
 * Opens a request in the person's editor. A broken edit is offered again where somebody is there.
 * @returns undefined where nothing was changed
 * @throws BODY_NOT_EDITABLE, BAD_EDIT, COMMAND_NOT_STARTED
 */
export async function editByHand(at: Surroundings, id: number, raw: RawRequest): Promise<RawRequest | undefined> {
  editableText(raw.body);
  const before = Buffer.from(printRawRequest(raw));
  for (let text: Uint8Array = before; ;) {
    text = withoutAddedEnd(await openInEditor(at, `request-${id}.http`, text), before);
    if (before.equals(text)) return undefined;
    try {
      return parseRawRequest(text);
    } catch (error) {
      if (!(error instanceof HookcliError) || !canAsk(at)) throw error;
      at.err.line(styled("error: ", "bad"), error.told(at.err.mask().text).message);
      if (!(await ask(at, "Edit it again?", true))) throw error;
    }
  }
}

/** Many editors end the last line of a file with a line feed, whether it had one or not. */
function withoutAddedEnd(text: Uint8Array, before: Uint8Array): Uint8Array {
  return text.at(-1) === 0x0a && before.at(-1) !== 0x0a ? text.subarray(0, -1) : text;
}
