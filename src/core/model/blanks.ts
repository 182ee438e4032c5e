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
