import { schemes } from "./index.ts";
import type { ContentEvidence } from "./recognised-by.ts";

/** How providers ask for the first time whether an address is willing; in order, and only where no header says anything. */
export const queryEvidence: readonly ContentEvidence[] = schemes.flatMap(({ name, recognisedBy }) =>
  recognisedBy?.query ? [{ provider: name, ...recognisedBy.query }] : [],
);
