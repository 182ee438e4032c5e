/**
 * A list that stands in a column as JSON. A store may come from anywhere: what is no list is an empty one, and what does not
 * belong in it is left out.
 */
export function storedList<Item>(text: string, belongs: (item: unknown) => item is Item): readonly Item[] {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read.filter(belongs) : [];
  } catch {
    return [];
  }
}
