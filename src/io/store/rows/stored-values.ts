import { withinDates } from "../../../core/model/clock.ts";

// What is in a column of a store that may come from anywhere: whatever it is, commands have to be able to print it.

/** A list that stands in a column as JSON: what is no list is an empty one, and what does not belong in it is left out. */
export function storedList<Item>(text: string, belongs: (item: unknown) => item is Item): readonly Item[] {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read.filter(belongs) : [];
  } catch {
    return [];
  }
}

/** One of some words; `otherwise` stands for any other. */
export function storedWord<Word extends string>(text: string, words: readonly Word[], otherwise: Word): Word {
  return words.find((word) => word === text) ?? otherwise;
}

/** A moment in milliseconds since the epoch, which a date can hold. */
export function storedTime(atMs: number): number;
export function storedTime(atMs: number | null): number | undefined;
export function storedTime(atMs: number | null): number | undefined {
  return atMs === null ? undefined : withinDates(atMs);
}
