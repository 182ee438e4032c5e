import { type HeaderPairs, withoutBlanks } from "../model/headers.ts";
import { badImport } from "./check-import.ts";

/** The line at a place, with its end. */
export function lineAt(text: string, at: number): string {
  const feedAt = text.indexOf("\n", at);
  return text.slice(at, feedAt < 0 ? text.length : feedAt + 1);
}

/** Header lines up to and with the empty line that ends them, or to the end of the text. @throws BAD_IMPORT */
export function readFields(
  text: string,
  from: number,
  place: string,
): { readonly fields: HeaderPairs; readonly end: number } {
  const fields: string[] = [];
  let at = from;
  while (at < text.length) {
    const line = lineAt(text, at);
    at += line.length;
    const content = line.replace(/\r?\n$/, "");
    if (content === "") break;
    const [all, name] = /^([^\s:]+):/.exec(content) ?? [];
    if (all === undefined || name === undefined)
      throw badImport(place, `${JSON.stringify(content.slice(0, 60))} is no header`);
    fields.push(name, withoutBlanks(content.slice(all.length)));
  }
  return { fields, end: at };
}
