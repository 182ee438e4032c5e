/** A glob as SQLite's GLOB reads it: beside `*` it knows two more signs, which brackets make plain. */
export function globPattern(glob: string): string {
  return glob.replaceAll(/[[?]/g, "[$&]");
}
