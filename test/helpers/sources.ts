import { readFileSync, readdirSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Visitor, parseSync } from "rolldown/utils";

/** The repository's top folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Paths of the files below a folder of the repository, from its top and with `/`, sorted; none when the folder is not there. */
export function filesBelow(folder: string, ending: RegExp = /\.tsx?$/): readonly string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && ending.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
      .sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** The text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** What a source text imports or re-exports by a literal name, at run time or as a type, in order. */
export function importsIn(path: string, text: string): readonly string[] {
  const found: string[] = [];
  const keep = (source: { readonly type: string; readonly value?: unknown } | null) => {
    if (source?.type === "Literal" && typeof source.value === "string") found.push(source.value);
  };
  new Visitor({
    ImportDeclaration: (node) => keep(node.source),
    ExportNamedDeclaration: (node) => keep(node.source),
    ExportAllDeclaration: (node) => keep(node.source),
    ImportExpression: (node) => keep(node.source),
    TSImportType: (node) => keep(node.source),
  }).visit(parse(path, text).program);
  return found;
}

/** What a source text loads when it is loaded itself, in order: neither types nor what `import()` loads later. */
export function loadedWith(path: string, text: string): readonly string[] {
  const found: string[] = [];
  new Visitor({
    ImportDeclaration: ({ importKind, source }) => void (importKind === "type" || found.push(source.value)),
    ExportAllDeclaration: ({ exportKind, source }) => void (exportKind === "type" || found.push(source.value)),
    ExportNamedDeclaration: ({ exportKind, source }) =>
      void (exportKind === "type" || (source && found.push(source.value))),
  }).visit(parse(path, text).program);
  return found;
}

/** Whether a source text itself defines something that exists at run time and exports it. */
export function exportsRuntimeValue(path: string, text: string): boolean {
  return parse(path, text).module.staticExports.some(({ entries }) =>
    entries.some((entry) => !entry.isType && entry.moduleRequest === null),
  );
}

/** The file that a relative import means, from the top of the repository. */
export function resolveImport(importer: string, specifier: string): string {
  return posix.join(posix.dirname(importer), specifier);
}

function parse(path: string, text: string) {
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors.map((error) => error.message).join("; ")}`);
  return parsed;
}
