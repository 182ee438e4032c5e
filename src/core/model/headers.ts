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

/** A text as it goes over the wire in a head: its UTF-8 bytes, one character each. */
export function toWire(text: string): string {
  return /^[ -~]*$/.test(text) ? text : Buffer.from(text).toString("latin1");
}

/** Bytes as they stand in a head, one character a byte. */
export function wireText({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
}

/**
 * A text without the spaces and tabs at its ends, as the value of a header is read. By hand: an expression that looks for
 * blanks before an end tries anew at each blank of a run inside, and 64 KiB of them take it twenty seconds.
 */
export function withoutBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
