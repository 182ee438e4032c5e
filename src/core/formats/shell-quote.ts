/** Words that no shell reads anything into. */
const PLAIN = /^[\w./:@%+,-]+$/;

/**
 * Text as one word for a POSIX shell. In single quotes nothing has a meaning but the quote itself.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
export function shellQuote(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
