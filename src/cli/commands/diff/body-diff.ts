import { canonicalJson } from "../../../core/json/canonical-json.ts";
import { type Mask } from "../../../core/model/mask.ts";

/** A stretch of lines in which something differs, with a few around it. */
export interface DiffHunk {
  readonly leftFrom: number;
  readonly rightFrom: number;
  /** Each begins with a blank (the same), `-` (left), `+` (right) or a backslash (no line feed at the end). */
  readonly lines: readonly string[];
}

export interface BodyDiff {
  /** `formatting`: the same JSON in other bytes. `too-different`: finding lines that belong together took too long. */
  readonly comparison: "same" | "formatting" | "json" | "text" | "binary" | "too-large" | "too-different";
  /** Offset of the first byte that differs; undefined where nobody looked. */
  readonly firstDifference: number | undefined;
  /** Masked unless it was told otherwise; none where only what is masked differs. */
  readonly hunks: readonly DiffHunk[];
}

export interface BodyDiffOptions {
  /** Lines as they came, of whatever kind the body is; nothing is masked then. */
  readonly isRaw: boolean;
  readonly mask: Mask;
}

/** Larger bodies are not compared line by line. */
export const MOST_COMPARED_BYTES = 1024 * 1024;
const CONTEXT_LINES = 3;
const PATIENCE_MS = 3000;

/** Compares two bodies: as JSON where both are, as text where both are, else as bytes. */
export async function diffBodies(left: Uint8Array, right: Uint8Array, options: BodyDiffOptions): Promise<BodyDiff> {
  const firstDifference = firstDifferenceOf(left, right);
  if (firstDifference === undefined) return { comparison: "same", firstDifference, hunks: [] };
  if (Math.max(left.length, right.length) > MOST_COMPARED_BYTES)
    return { comparison: "too-large", firstDifference, hunks: [] };
  const forms = formsOf(left, right, options);
  if (!forms) return { comparison: "binary", firstDifference, hunks: [] };
  if (forms.comparison === "json" && forms.left === forms.right)
    return { comparison: "formatting", firstDifference, hunks: [] };
  const hunks = await hunksOf(forms.left, forms.right);
  if (!hunks) return { comparison: "too-different", firstDifference, hunks: [] };
  const isMasked = forms.comparison === "json" && !options.mask.isRevealing;
  return {
    comparison: forms.comparison,
    firstDifference,
    hunks: isMasked ? hunks.map((hunk) => masked(hunk, options.mask)) : hunks,
  };
}

interface Forms {
  readonly comparison: "json" | "text";
  readonly left: string;
  readonly right: string;
}

/** Both as text of lines; undefined where one of them is none. */
function formsOf(left: Uint8Array, right: Uint8Array, { isRaw, mask }: BodyDiffOptions): Forms | undefined {
  const [leftText, rightText] = [textOf(left), textOf(right)];
  const areTexts = leftText !== undefined && rightText !== undefined;
  if (isRaw) {
    // Bytes that are no UTF-8 are one character each.
    const exact = (bytes: Uint8Array): string => Buffer.from(bytes).toString(areTexts ? "utf8" : "latin1");
    return { comparison: "text", left: exact(left), right: exact(right) };
  }
  if (!areTexts) return undefined;
  const [leftJson, rightJson] = [canonicalJson(leftText), canonicalJson(rightText)];
  if (leftJson !== undefined && rightJson !== undefined)
    return { comparison: "json", left: `${leftJson}\n`, right: `${rightJson}\n` };
  // As a whole, because a key may take many lines.
  return { comparison: "text", left: mask.text(leftText), right: mask.text(rightText) };
}

/** Undefined where it is no UTF-8, or holds what no text holds. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

async function hunksOf(left: string, right: string): Promise<readonly DiffHunk[] | undefined> {
  const { structuredPatch } = await import("diff");
  const options = { context: CONTEXT_LINES, timeout: PATIENCE_MS };
  const patch = structuredPatch("", "", left, right, undefined, undefined, options);
  return patch?.hunks.map(({ oldStart, newStart, lines }) => ({ leftFrom: oldStart, rightFrom: newStart, lines }));
}

/** Each line of a JSON document holds its field with name and value. */
function masked({ leftFrom, rightFrom, lines }: DiffHunk, mask: Mask): DiffHunk {
  return { leftFrom, rightFrom, lines: lines.map((line) => `${line.slice(0, 1)}${mask.text(line.slice(1))}`) };
}

function firstDifferenceOf(left: Uint8Array, right: Uint8Array): number | undefined {
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at += 1) if (left[at] !== right[at]) return at;
  return left.length === right.length ? undefined : shorter;
}
