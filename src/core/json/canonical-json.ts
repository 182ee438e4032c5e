import { endOfValue, jsonChildren, jsonKindAt, skipBlank } from "./json-scan.ts";

/** Deeper documents are not taken apart. */
const MOST_LEVELS = 200;

/**
 * A JSON text in one form whatever its white space, order of fields and escapes: two spaces a level, fields sorted by name,
 * repeated ones in their order. Numbers stay as they were written, because a large one has more digits than a program
 * keeps. Undefined where the text is no JSON, or is nested more than 200 levels deep.
 */
export function canonicalJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const lines: string[] = [];
  return write(text, skipBlank(text, 0), { lines, level: 0, before: "", after: "" }) ? lines.join("\n") : undefined;
}

interface Place {
  readonly lines: string[];
  readonly level: number;
  /** What stands before the value on its line: its name. */
  readonly before: string;
  /** What stands behind it: a comma. */
  readonly after: string;
}

/** False: it is too deep. */
function write(text: string, from: number, { lines, level, before, after }: Place): boolean {
  if (level > MOST_LEVELS) return false;
  const indent = "  ".repeat(level);
  const kind = jsonKindAt(text, from);
  if (kind !== "object" && kind !== "list") {
    lines.push(`${indent}${before}${scalarAt(text, from)}${after}`);
    return true;
  }
  const [open, close] = kind === "object" ? ["{", "}"] : ["[", "]"];
  const children = [...jsonChildren(text, from)];
  if (kind === "object") children.sort((a, b) => compare(a.name ?? "", b.name ?? ""));
  if (children.length === 0) {
    lines.push(`${indent}${before}${open}${close}${after}`);
    return true;
  }
  lines.push(`${indent}${before}${open}`);
  for (const [index, child] of children.entries()) {
    const name = child.name === undefined ? "" : `${JSON.stringify(child.name)}: `;
    const comma = index < children.length - 1 ? "," : "";
    if (!write(text, child.from, { lines, level: level + 1, before: name, after: comma })) return false;
  }
  lines.push(`${indent}${close}${after}`);
  return true;
}

/** A text in its shortest spelling; all else as it was written. */
function scalarAt(text: string, from: number): string {
  const written = text.slice(from, endOfValue(text, from));
  return text[from] === '"' ? JSON.stringify(JSON.parse(written)) : written;
}

/** By code unit: the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
