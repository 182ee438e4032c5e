import { schemes } from "./index.ts";
import type { ContentEvidence } from "./recognised-by.ts";

/** In order; asked only where neither a header nor the query says anything. */
export const bodyEvidence: readonly ContentEvidence[] = schemes.flatMap(({ name, recognisedBy }) =>
  recognisedBy?.body ? [{ provider: name, ...recognisedBy.body }] : [],
);
