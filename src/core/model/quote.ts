/** Text between quotes, as the little languages of filters and fault plans read it back. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** The inverse of what `quoted` does between the quotes; a backslash before anything else stands for itself. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\(["\\])/g, "$1");
}
