import type { MessageView } from "./message-view.ts";

/** The headers that may carry a signature. */
export interface HeaderNaming {
  /** The one that is sent. */
  readonly first: string;
  /** @param name in lower case */
  readonly isOneOf: (name: string) => boolean;
  /** Those of them that a message has, with all their values. */
  readonly find: (view: MessageView) => readonly FoundHeader[];
}

interface FoundHeader {
  readonly name: string;
  readonly values: readonly string[];
}

const COUNTED = "{n}";

/** @param names the first one is sent; {n} in one of them stands for a number of up to three digits, 1 where it is sent */
export function headerNaming(names: readonly string[]): HeaderNaming {
  const plain = new Map<string, string>();
  const counted: RegExp[] = [];
  for (const name of names) {
    if (name.includes(COUNTED)) counted.push(countedPattern(name));
    else plain.set(name.toLowerCase(), name);
  }
  const isCounted = (name: string): boolean => counted.some((pattern) => pattern.test(name));
  return {
    first: names[0]?.replace(COUNTED, "1") ?? "",
    isOneOf: (name) => plain.has(name) || isCounted(name),
    find: (view) => {
      const found: FoundHeader[] = [];
      for (const [lowerCase, name] of plain) {
        const values = view.headerAll(lowerCase);
        if (values.length > 0) found.push({ name, values });
      }
      if (counted.length === 0) return found;
      for (const name of view.headerNames) if (isCounted(name)) found.push({ name, values: view.headerAll(name) });
      return found;
    },
  };
}

function countedPattern(name: string): RegExp {
  const [before = "", after = ""] = name
    .toLowerCase()
    .split(COUNTED)
    .map((text) => text.replaceAll(/[^a-z0-9-]/g, "\\$&"));
  return new RegExp(`^${before}\\d{1,3}${after}$`);
}
