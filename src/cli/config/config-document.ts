import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { registerHooks } from "node:module";
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { HookcliError } from "../../core/model/errors.ts";
import { readTextFile } from "../terminal/read-file.ts";
import { isCode } from "./distrust.ts";

/** What a configuration file holds, before anyone looked whether it makes sense. */
export interface ConfigDocument {
  readonly path: string;
  /** Undefined where the file is empty. */
  readonly content: unknown;
  /** Where a setting stands, for people: path, line and column, or the path alone where a program made it. */
  readonly placeOf: (steps: readonly (string | number)[]) => string;
}

/**
 * Reads a configuration file: JSON with comments, or a module that Node runs, whose default export it is.
 * @throws FILE_UNREADABLE, BAD_CONFIG
 */
export async function readConfigDocument(path: string): Promise<ConfigDocument> {
  const text = readTextFile(path).replace(/^\uFEFF/, "");
  if (!isCode(path)) return parseJson(path, text);
  return { path, content: await defaultExport(path, text), placeOf: () => path };
}

function parseJson(path: string, text: string): ConfigDocument {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first) throw brokenJson(placeAt(path, text, first.offset), wordsOf(first));
  const repeated = root && repeatedKey(root);
  if (repeated)
    throw brokenJson(placeAt(path, text, repeated.offset), `${JSON.stringify(repeated.value)} stands there twice`);
  const steps = basename(path) === "package.json" ? ["hookcli"] : [];
  const top = root && findNodeAtLocation(root, steps);
  return {
    path,
    content: top && getNodeValue(top),
    placeOf: (further) => {
      const node = root && nearestNode(root, [...steps, ...further]);
      // Where its name stands, if it has one.
      return placeAt(path, text, (node?.parent?.type === "property" ? node.parent : node)?.offset ?? 0);
    },
  };
}

/** The value at the end of these steps, or as far as they lead: what is missing is missed where it should stand. */
function nearestNode(root: Node, steps: readonly (string | number)[]): Node | undefined {
  return findNodeAtLocation(root, [...steps]) ?? (steps.length > 0 ? nearestNode(root, steps.slice(0, -1)) : undefined);
}

function brokenJson(place: string, problem: string): HookcliError {
  const help = "The file is JSON; comments and trailing commas are fine.";
  return new HookcliError("BAD_CONFIG", { place, problem, help });
}

/** `CommaExpected` -> `comma expected` */
function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}

function repeatedKey(node: Node): Node | undefined {
  const names = new Set<unknown>();
  for (const child of node.children ?? []) {
    const [name] = child.type === "property" ? (child.children ?? []) : [];
    if (name && names.has(name.value)) return name;
    if (name) names.add(name.value);
    const deeper = repeatedKey(child);
    if (deeper) return deeper;
  }
  return undefined;
}

function placeAt(path: string, text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `${path}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

async function defaultExport(path: string, text: string): Promise<unknown> {
  const { href } = pathToFileURL(path);
  const hooks = registerHooks({
    // Without a "type" in package.json, Node guesses what the file is, and warns about it on standard error.
    load: (url, context, next) => next(url, url === href ? { ...context, format: formatOf(path, text) } : context),
  });
  try {
    const loaded = (await import(href)) as { readonly default?: unknown };
    return loaded.default;
  } catch (error) {
    throw new HookcliError(
      "BAD_CONFIG",
      { place: placeIn(path, error), problem: problemOf(error), help: "Node itself must be able to run the file." },
      { cause: error },
    );
  } finally {
    hooks.deregister();
  }
}

function formatOf(path: string, text: string): string | undefined {
  if (!/^export\b/m.test(text)) return undefined;
  return path.endsWith("ts") ? "module-typescript" : "module";
}

function problemOf(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, " ") : String(error);
}

/** The line within the file, where the stack names one. */
function placeIn(path: string, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.indexOf(`${path}:`);
  const line = at < 0 ? null : /^:(\d+(?::\d+)?)/.exec(stack.slice(at + path.length));
  return line ? `${path}:${line[1]}` : path;
}
