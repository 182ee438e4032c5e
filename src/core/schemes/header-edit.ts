import { headerFields, type HeaderPairs } from "../model/headers.ts";

/** Sets a header: in the place where it stood first, else at the end; repeats of it go. The name keeps the case it had. */
export function setHeader(pairs: HeaderPairs, name: string, value: string): HeaderPairs {
  const lower = name.toLowerCase();
  const edited: string[] = [];
  let isSet = false;
  for (const [field, old] of headerFields(pairs)) {
    if (field.toLowerCase() !== lower) edited.push(field, old);
    else if (!isSet) {
      edited.push(field, value);
      isSet = true;
    }
  }
  return isSet ? edited : [...edited, name, value];
}

/** Leaves out every header that a test names. @param isGone given the name in lower case */
export function withoutHeaders(pairs: HeaderPairs, isGone: (name: string) => boolean): HeaderPairs {
  return [...headerFields(pairs)].filter(([name]) => !isGone(name.toLowerCase())).flat();
}
