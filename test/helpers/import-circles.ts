import { filesBelow, importsIn, resolveImport, textOf } from "./sources.ts";

/** Which file imports which, at run time or for a type. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The graph of all modules in some folders of the repository. */
export function importGraph(folders: readonly string[]): ImportGraph {
  const files = folders.flatMap((folder) => filesBelow(folder, /\.(?:tsx?|mjs)$/));
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const local = importsIn(file, textOf(file)).filter((specifier) => specifier.startsWith("."));
      const targets = local.map((specifier) => resolveImport(file, specifier)).filter((target) => known.has(target));
      return [file, [...new Set(targets)]];
    }),
  );
}

/**
 * Files that import one another in a circle, one list for each group that hangs together; a file that imports itself is one,
 * too. What is not in a circle is in no list.
 * @see https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm
 */
export function importCircles(graph: ImportGraph): readonly (readonly string[])[] {
  const found: string[][] = [];
  const numbers = new Map<string, number>();
  const open: string[] = [];
  /** The lowest number that a file reaches among those that are still open. */
  const visit = (file: string): number => {
    const number = numbers.size;
    numbers.set(file, number);
    open.push(file);
    let lowest = number;
    for (const target of graph.get(file) ?? []) {
      const seen = numbers.get(target);
      if (seen === undefined) lowest = Math.min(lowest, visit(target));
      else if (open.includes(target)) lowest = Math.min(lowest, seen);
    }
    if (lowest < number) return lowest;
    const group = open.splice(open.indexOf(file));
    if (group.length > 1 || graph.get(file)?.includes(file) === true) found.push(group.toSorted());
    return lowest;
  };
  for (const file of graph.keys()) if (!numbers.has(file)) visit(file);
  return found;
}
