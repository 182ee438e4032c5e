import { endOfValue, jsonChildren, jsonKindAt, skipBlank } from "../../json/json-scan.ts";
import { pythonFloat } from "./python-float.ts";

/** How a program writes JSON. */
export interface JsonForm {
  /** Between a name and its value: `:` or `: `. */
  readonly colon: string;
  /** Between two values on one line; not used where there is an indent. */
  readonly comma: string;
  /** What each level is moved in by; undefined: all on one line. */
  readonly indent?: string;
  readonly isSorted?: boolean;
  /** Text beyond ASCII as `\uXXXX`, with hex digits in lower case. */
  readonly isAscii?: boolean;
  /** Numbers as JavaScript or Python writes them; `kept`: as they were written. */
  readonly numbers: "javascript" | "python" | "kept";
}

interface JsonNode {
  readonly kind: "object" | "list" | "text" | "scalar";
  /** Of a text what it says, of another scalar how it was written. */
  readonly text: string;
  readonly children: readonly JsonField[];
}

interface JsonField {
  readonly name: string;
  readonly value: JsonNode;
}

/** Deeper documents are not written again. */
const MOST_LEVELS = 100;

/** A JSON document that can be written in many forms, taken apart once. */
export class JsonForms {
  readonly #root: JsonNode;

  private constructor(root: JsonNode) {
    this.#root = root;
  }

  /** Undefined where the text is no JSON, or is nested too deeply. */
  static read(text: string): JsonForms | undefined {
    try {
      JSON.parse(text);
    } catch {
      return undefined;
    }
    const root = readNode(text, skipBlank(text, 0), 0);
    return root && new JsonForms(root);
  }

  /** The document as a program of this form would write it. */
  write(form: JsonForm): string {
    return writeNode(this.#root, form, "\n");
  }
}

function readNode(text: string, from: number, level: number): JsonNode | undefined {
  if (level > MOST_LEVELS) return undefined;
  const kind = jsonKindAt(text, from);
  if (kind !== "object" && kind !== "list") {
    const written = text.slice(from, endOfValue(text, from));
    if (kind !== "text") return { kind: "scalar", text: written, children: [] };
    return { kind: "text", text: String(JSON.parse(written)), children: [] };
  }
  const children: JsonField[] = [];
  for (const child of jsonChildren(text, from)) {
    const value = readNode(text, child.from, level + 1);
    if (!value) return undefined;
    children.push({ name: child.name ?? "", value });
  }
  return { kind, text: "", children: kind === "object" ? withoutRepeats(children) : children };
}

/** Of fields with one name programs keep the place of the first and the value of the last. */
function withoutRepeats(fields: readonly JsonField[]): readonly JsonField[] {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return byName.size === fields.length ? fields : [...byName.values()];
}

/** @param newLine a line's end with the indent of the level that the node stands on */
function writeNode(node: JsonNode, form: JsonForm, newLine: string): string {
  if (node.kind === "text") return writeText(node.text, form);
  if (node.kind === "scalar") return writeScalar(node.text, form);
  const [open, close] = node.kind === "object" ? ["{", "}"] : ["[", "]"];
  if (node.children.length === 0) return open + close;
  const inner = form.indent === undefined ? "" : newLine + form.indent;
  const values = orderOf(node, form).map(({ name, value }) => {
    const written = writeNode(value, form, inner);
    return node.kind === "object" ? `${writeText(name, form)}${form.colon}${written}` : written;
  });
  const between = form.indent === undefined ? form.comma : `,${inner}`;
  return open + inner + values.join(between) + (form.indent === undefined ? "" : newLine) + close;
}

function orderOf({ kind, children }: JsonNode, form: JsonForm): readonly JsonField[] {
  if (kind !== "object") return children;
  if (form.isSorted === true) return children.toSorted((a, b) => Number(a.name > b.name) - Number(a.name < b.name));
  if (form.numbers !== "javascript") return children;
  // JavaScript puts names that are whole numbers first, in their order.
  const counted = children.filter(({ name }) => isIndex(name)).toSorted((a, b) => Number(a.name) - Number(b.name));
  return [...counted, ...children.filter(({ name }) => !isIndex(name))];
}

function isIndex(name: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(name) && Number(name) < 2 ** 32 - 1;
}

function writeText(text: string, { isAscii }: JsonForm): string {
  const written = JSON.stringify(text);
  if (isAscii !== true) return written;
  return written.replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function writeScalar(written: string, { numbers }: JsonForm): string {
  if (numbers === "kept" || !/^[-\d]/.test(written)) return written;
  if (numbers === "javascript") return JSON.stringify(JSON.parse(written));
  return /^-?\d+$/.test(written) ? written.replace(/^-0$/, "0") : pythonFloat(Number(written));
}
