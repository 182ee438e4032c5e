import { editJson, type JsonEdit, notEditable } from "../../core/json/edit-json.ts";
import { type Body, bodySizeBytes, wholeBody } from "../../core/model/body.ts";
import { editedRequest } from "../../core/model/edited-request.ts";
import { headerValues } from "../../core/model/headers.ts";
import { sizeText } from "../../core/model/quantities.ts";
import type { RawRequest } from "../../core/model/raw-request.ts";
import type { CapturedRequest, StoredRequest } from "../../core/model/request.ts";

/** What is changed of a request before it is sent. */
export interface ContentEdits {
  /** Undefined: the body that it has. */
  readonly body: Uint8Array | undefined;
  readonly values: readonly JsonEdit[];
  /** Last, on what the others have made; undefined: nobody does. Gives undefined where nothing was changed. */
  readonly byHand?: ((id: number, raw: RawRequest) => Promise<RawRequest | undefined>) | undefined;
}

/** What became of a request that was to be edited. */
export interface EditedContent {
  /** Undefined: its content is as stored. */
  readonly edited: CapturedRequest | undefined;
  /** It was looked at by hand and left as it was. */
  readonly isUntouched: boolean;
}

export interface EditOptions {
  /** Makes the new body one that can be stored. */
  readonly keep: (bytes: Uint8Array) => Promise<Body>;
  /** Told, in a sentence, what a person may not have meant. */
  readonly onNote: (note: string) => void;
  readonly nowMs: number;
}

/** Larger bodies are not taken into memory for it. */
const MOST_EDITED_BYTES = 64 * 1024 * 1024;

/**
 * Edits a request as far as it was asked for: first the whole body, then single values, then by hand.
 * @throws BODY_NOT_EDITABLE, BAD_EDIT, what `byHand` throws
 */
export async function editContent(
  request: StoredRequest,
  { body, values, byHand }: ContentEdits,
  { keep, onNote, nowMs }: EditOptions,
): Promise<EditedContent> {
  if (body === undefined && values.length === 0 && !byHand) return { edited: undefined, isUntouched: false };
  const coding = headerValues(request.headers, "content-encoding").join(", ");
  if (coding !== "" && body === undefined)
    throw notEditable(`it is compressed (${coding})`, "Give a whole one, plain: --body @body.json");
  if (coding !== "") onNote(`Content-Encoding ${coding} is left out, because the new body is plain`);
  let raw: RawRequest = { ...request, body: body ?? (await bytesOf(request.body)) };
  if (values.length > 0) {
    const { text, notes } = editJson(editableText(raw.body), values);
    for (const note of notes) onNote(note);
    raw = { ...raw, body: Buffer.from(text) };
  }
  const changed = await byHand?.(request.id, raw);
  const isUntouched = byHand !== undefined && changed === undefined;
  if (isUntouched && body === undefined && values.length === 0) return { edited: undefined, isUntouched };
  const { method, target, headers, body: bytes } = changed ?? raw;
  const edited = editedRequest(request, { method, target, headers, body: await keep(bytes) }, nowMs);
  return { edited, isUntouched };
}

/** @throws BODY_NOT_EDITABLE where it is no text */
export function editableText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notEditable("it is not text in UTF-8", "Give a whole one: --body @file");
  }
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
