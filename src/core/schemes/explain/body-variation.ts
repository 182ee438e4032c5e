import { JsonForms, type JsonForm } from "./json-forms.ts";
import type { Hypothesis, Scene, Variation } from "./mutation.ts";
import { variation } from "./variation.ts";

/** Larger bodies are hashed in the form in which they came, and not written again. */
const MOST_REWRITTEN_BYTES = 512 * 1024;

/** The one piece of advice that most failures come down to. */
export const HASH_RAW_BYTES =
  "Hash the bytes as they are sent, not what was parsed and written again: a handler takes the raw body before any JSON parser, a sender makes the text once, signs it and sends it.";

/** A JSON form, and the call that makes it. */
export interface NamedForm {
  readonly detail: string;
  readonly form: JsonForm;
  /** A last touch on the text. */
  readonly rewrite?: (text: string) => string;
}

/**
 * A body that was changed as a whole. It is made when it is asked for first, and kept.
 * @param change undefined: it does not apply to this body
 */
export function bytesVariation(
  scene: Scene,
  detail: string | undefined,
  change: (bytes: Buffer) => Uint8Array | undefined,
): Variation {
  let made: { readonly bytes: Buffer | undefined } | undefined;
  const make = (): Buffer | undefined => {
    const original = bufferOf(scene.body);
    const changed = original.length > MOST_REWRITTEN_BYTES ? undefined : change(original);
    return changed && !original.equals(changed) ? bufferOf(changed) : undefined;
  };
  const apply = (hypothesis: Hypothesis): Hypothesis | undefined => {
    made ??= { bytes: make() };
    return made.bytes && { ...hypothesis, body: made.bytes };
  };
  return variation(detail, apply);
}

/** The same for a change of its text; a body that is no UTF-8 has none. */
export function textVariation(
  scene: Scene,
  detail: string | undefined,
  change: (text: string) => string | undefined,
): Variation {
  return bytesVariation(scene, detail, (bytes) => {
    const text = textOf(bytes);
    const changed = text === undefined ? undefined : change(text);
    return changed === undefined ? undefined : Buffer.from(changed);
  });
}

const documents = new WeakMap<Scene, { readonly forms: JsonForms | undefined }>();

/** The body's JSON written by other programs. */
export function* jsonVariations(scene: Scene, forms: readonly NamedForm[]): Generator<Variation> {
  for (const { detail, form, rewrite = (written: string) => written } of forms) {
    yield textVariation(scene, detail, (text) => {
      let document = documents.get(scene);
      if (!document) {
        document = { forms: JsonForms.read(text.replace(/^\uFEFF/, "")) };
        documents.set(scene, document);
      }
      return document.forms && rewrite(document.forms.write(form));
    });
  }
}

/** What stands at the ends of a body, whatever else was done to it. */
export function edgeVariation(
  detail: string | undefined,
  change: (bytes: Buffer) => Uint8Array | undefined,
): Variation {
  const apply = (hypothesis: Hypothesis): Hypothesis | undefined => {
    const original = bufferOf(hypothesis.body);
    const changed = change(original);
    return changed && changed.length !== original.length ? { ...hypothesis, body: changed } : undefined;
  };
  return variation(detail, apply);
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
