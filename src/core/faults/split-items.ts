/** One item as it stands in a plan's text; places count from 0. */
export interface WrittenItem {
  readonly written: string;
  readonly from: number;
  readonly to: number;
}

/** Cuts a plan's text at its commas; one between quotes is a part of what is quoted. An item may be empty. */
export function splitItems(text: string): readonly WrittenItem[] {
  const items: WrittenItem[] = [];
  for (let at = 0; ;) {
    const end = endOf(/(?:"(?:[^"\\]|\\[^])*"|[^,])*/y, text, at);
    const bare = text.slice(at, end);
    const from = at + bare.length - bare.trimStart().length;
    const written = bare.trim();
    items.push({ written, from, to: from + written.length });
    if (end >= text.length) return items;
    at = end + 1;
  }
}

/** Where a sticky pattern's match that begins at `at` ends; `at` where there is none. */
export function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
