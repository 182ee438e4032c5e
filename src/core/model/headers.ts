/**
 * Header fields as they came off the wire: name, value, name, value … Every string is latin-1 (one character a byte);
 * order, letter case and repeats are kept.
 */
export type HeaderPairs = readonly string[];

/** Visits each field in wire order. */
export function* headerFields(pairs: HeaderPairs): Generator<readonly [name: string, value: string]> {
  for (let at = 0; at + 1 < pairs.length; at += 2) yield [pairs[at] ?? "", pairs[at + 1] ?? ""];
}

/** Every value of one field, in wire order; the name in any letter case. */
export function headerValues(pairs: HeaderPairs, name: string): string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  for (const [field, value] of headerFields(pairs)) if (field.toLowerCase() === wanted) values.push(value);
  return values;
}

/** The first value of a field, or undefined where it is absent. */
export function headerValue(pairs: HeaderPairs, name: string): string | undefined {
  return headerValues(pairs, name)[0];
}
