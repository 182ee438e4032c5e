import type { Body } from "../../core/model/body.ts";
import { setPlace } from "../../core/schemes/set-place.ts";

/**
 * Writes an event's type or id into a body, where its scheme reads it from: the parts of `issues.opened` go to the parts of
 * the place. What stands in headers is not the body's business.
 */
export function putIntoBody(body: Body, place: string | undefined, text: string): Body {
  // Of alternatives the first one is the scheme's own.
  const [first = ""] = place?.split("|") ?? [];
  const places = first.split("+").map((part) => part.trim());
  const dotAt = places.length > 1 ? text.indexOf(".") : -1;
  const parts = dotAt < 0 ? [text] : [text.slice(0, dotAt), text.slice(dotAt + 1)];
  let edited = body;
  for (const [at, part] of parts.entries()) {
    const where = places[at];
    if (where !== undefined && where.startsWith("b:")) edited = setPlace(edited, where, part);
  }
  return edited;
}
