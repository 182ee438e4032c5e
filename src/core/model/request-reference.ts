import { badValue } from "./errors.ts";

/** How a person names one stored request. */
export type RequestReference =
  | { readonly kind: "id"; readonly id: number }
  /** The newest (0), the one before it (1) …, with `typeGlob` among those of such an event type. */
  | { readonly kind: "latest"; readonly back: number; readonly typeGlob?: string }
  /** The newest that carries this event. */
  | { readonly kind: "event"; readonly eventId: string };

/** One request, or all with ids in a range, both ends included. */
export type RequestSelection =
  | RequestReference
  | { readonly kind: "range"; readonly least: number; readonly most: number };

/** Ids of events hold letters and digits; a plain word is a slip. One that does not is found with `event:` in a filter. */
const EVENT_ID = /^(?!latest\b)(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9][!-~]{2,199}$/;

const FORMS = "42, #42, latest, latest~2, latest:invoice.paid, or the event's own id";

/**
 * Reads `42`, `#42`, `latest`, `latest~2`, `latest:order.*`, `latest:order.*~1`, or an event id. Bare digits are always an id.
 * @throws BAD_VALUE
 */
export function parseRequestReference(text: string): RequestReference {
  const id = /^#?(\d{1,15})$/.exec(text);
  if (id) return { kind: "id", id: Number(id[1]) };
  const latest = /^latest(?::([^\s~]+))?(?:~(\d{1,9}))?$/.exec(text);
  if (latest) {
    const [, typeGlob, back = "0"] = latest;
    return { kind: "latest", back: Number(back), ...(typeGlob === undefined ? {} : { typeGlob }) };
  }
  if (EVENT_ID.test(text)) return { kind: "event", eventId: text };
  throw badValue("a request", text, "it is neither an id nor latest nor the id of an event", FORMS);
}

/**
 * The same, and ranges: `40..50`.
 * @throws BAD_VALUE
 */
export function parseRequestSelection(text: string): RequestSelection {
  const range = /^#?(\d{1,15})\.\.#?(\d{1,15})$/.exec(text);
  if (!range) return parseRequestReference(text);
  const [least, most] = [Number(range[1]), Number(range[2])];
  if (least > most) throw badValue("a range of requests", text, "it ends before it begins", `${most}..${least}`);
  return { kind: "range", least, most };
}
