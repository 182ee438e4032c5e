import { type Body, bodySizeBytes } from "../../../core/model/body.ts";
import { editJson, notEditable } from "../../../core/json/edit-json.ts";
import { editedRequest } from "../../../core/model/edited-request.ts";
import { HookcliError } from "../../../core/model/errors.ts";
import { headerValues } from "../../../core/model/headers.ts";
import { parseRawRequest, printRawRequest, type RawRequest } from "../../../core/model/raw-request.ts";
import type { CapturedRequest, StoredRequest } from "../../../core/model/request.ts";
import { ask, canAsk } from "../../terminal/ask.ts";
import { openInEditor } from "../../terminal/editor.ts";
import { styled } from "../../terminal/printer.ts";
import { wholeBody } from "../../words/request-words.ts";
import { sizeText } from "../../words/units.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { ContentEdits } from "./read-flags.ts";

/** What is sent for a request: undefined where that is the request as stored. */
export type ContentOf = (request: StoredRequest) => Promise<CapturedRequest | undefined>;

/** Larger bodies are not taken into memory for it. */
const MOST_EDITED_BYTES = 64 * 1024 * 1024;

/** What became of a request that was to be edited. */
export interface EditedContent {
  /** Undefined: its content is as stored. */
  readonly edited: CapturedRequest | undefined;
  /** The editor was closed without a change. */
  readonly isUntouched: boolean;
}

export interface EditSurroundings {
  readonly at: Surroundings;
  /** Makes the new body one that can be stored. */
  readonly keep: (bytes: Uint8Array) => Promise<Body>;
  /** Tells what a person may not have meant. */
  readonly say: (note: string) => void;
}

/**
 * Edits a request as far as it was asked for: first the whole body, then single values, then the editor.
 * @throws BODY_NOT_EDITABLE, BAD_EDIT, COMMAND_NOT_STARTED
 */
export async function editContent(
  request: StoredRequest,
  { body, values, inEditor }: ContentEdits,
  { at, keep, say }: EditSurroundings,
): Promise<EditedContent> {
  if (body === undefined && values.length === 0 && !inEditor) return { edited: undefined, isUntouched: false };
  const coding = headerValues(request.headers, "content-encoding").join(", ");
  if (coding !== "" && body === undefined)
    throw notEditable(`it is compressed (${coding})`, "Give a whole one, plain: --body @body.json");
  if (coding !== "") say(`Content-Encoding ${coding} is left out, because the new body is plain`);
  let raw: RawRequest = { ...request, body: body ?? (await bytesOf(request.body)) };
  if (values.length > 0) {
    const { text, notes } = editJson(textOf(raw.body), values);
    for (const note of notes) say(note);
    raw = { ...raw, body: Buffer.from(text) };
  }
  const byHand = inEditor ? await editByHand(at, request.id, raw) : undefined;
  const isUntouched = inEditor && byHand === undefined;
  if (isUntouched && body === undefined && values.length === 0) return { edited: undefined, isUntouched };
  const { method, target, headers, body: bytes } = byHand ?? raw;
  const edited = editedRequest(request, { method, target, headers, body: await keep(bytes) }, at.clock.nowMs());
  return { edited, isUntouched };
}

/** Undefined: nothing was changed. A broken edit is offered again where somebody is there. */
async function editByHand(at: Surroundings, id: number, raw: RawRequest): Promise<RawRequest | undefined> {
  textOf(raw.body);
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

async function bytesOf(body: Body): Promise<Uint8Array> {
  const sizeBytes = bodySizeBytes(body);
  if (sizeBytes > MOST_EDITED_BYTES)
    throw notEditable(
      `it has ${sizeText(sizeBytes)}, and the limit is ${sizeText(MOST_EDITED_BYTES)}`,
      "Give a whole one: --body @file",
    );
  return wholeBody(body);
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notEditable("it is not text in UTF-8", "Give a whole one: --body @file");
  }
}
