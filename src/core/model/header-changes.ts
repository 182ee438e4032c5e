import { headerFields, type HeaderPairs } from "./headers.ts";

/** A field that is not the same on both sides, with all its values in wire order. */
export interface HeaderChange {
  /** As the left side writes it; as the right one where it was added. */
  readonly name: string;
  readonly change: "changed" | "added" | "removed";
  readonly left: readonly string[];
  readonly right: readonly string[];
}

interface Field {
  readonly name: string;
  readonly values: string[];
}

/** What differs between two sets of headers, in the left one's order, then what the right one added. Case of names is nothing. */
export function headerChanges(left: HeaderPairs, right: HeaderPairs): readonly HeaderChange[] {
  const [before, after] = [fieldsOf(left), fieldsOf(right)];
  const changes: HeaderChange[] = [];
  for (const [key, { name, values }] of before) {
    const other = after.get(key)?.values;
    if (!other) changes.push({ name, change: "removed", left: values, right: [] });
    else if (!isSame(values, other)) changes.push({ name, change: "changed", left: values, right: other });
  }
  for (const [key, { name, values }] of after)
    if (!before.has(key)) changes.push({ name, change: "added", left: [], right: values });
  return changes;
}

/** Letter for letter, order included. */
export function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, at) => text === right[at]);
}

function fieldsOf(pairs: HeaderPairs): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const [name, value] of headerFields(pairs)) {
    const key = name.toLowerCase();
    const field = fields.get(key);
    if (field) field.values.push(value);
    else fields.set(key, { name, values: [value] });
  }
  return fields;
}
