import type { EventFacts } from "../model/event-facts.ts";
import { headerFields, type HeaderPairs } from "../model/headers.ts";
import type { CapturedRequest } from "../model/request.ts";

/** Headers that carry the id of an event or delivery, strongest first. */
const ID_HEADERS = [
  "x-event-id",
  "webhook-id",
  "svix-id",
  "x-webhook-id",
  "x-github-delivery",
  "x-gitlab-event-uuid",
  "x-shopify-event-id",
];
const TYPE_HEADERS = ["x-event-type", "x-webhook-event", "x-github-event", "x-gitlab-event", "x-shopify-topic"];
/** Fields at the top of a JSON body, strongest first. */
const ID_FIELDS = ["id", "event_id", "eventId"];
const TYPE_FIELDS = ["type", "event_type", "eventType", "event", "topic"];

/** Larger bodies are not read for it: this runs for every request. */
const MOST_BODY_BYTES = 256 * 1024;
const MOST_CHARACTERS = 200;

/** What a request says about its event: in well-known headers, else at the top of its JSON body. Never throws. */
export function readEventFacts({ headers, body }: CapturedRequest): EventFacts {
  const inHeaders = named(headers, ID_HEADERS);
  const typeInHeaders = named(headers, TYPE_HEADERS);
  if (inHeaders !== undefined && typeInHeaders !== undefined) return { eventId: inHeaders, eventType: typeInHeaders };
  const fields = body.kind === "bytes" ? topOf(body.bytes) : undefined;
  return {
    eventId: inHeaders ?? (fields && firstText(fields, ID_FIELDS)),
    eventType: typeInHeaders ?? (fields && firstText(fields, TYPE_FIELDS)),
  };
}

function named(headers: HeaderPairs, names: readonly string[]): string | undefined {
  let best = names.length;
  let found: string | undefined;
  for (const [name, value] of headerFields(headers)) {
    // Every one of them holds a hyphen, and most headers hold none or are no longer than `accept`.
    if (name.length < 7) continue;
    const place = names.indexOf(name.toLowerCase());
    if (place < 0 || place >= best) continue;
    best = place;
    found = value;
  }
  return usable(found);
}

function topOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  // `{`, or a white space before it: everything else is no JSON object.
  const first = bytes[0] ?? 0;
  if ((first !== 0x7b && first > 0x20) || bytes.length === 0 || bytes.length > MOST_BODY_BYTES) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    return isObject ? (parsed as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function firstText(fields: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
    const found = typeof text === "string" ? usable(text) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An id or a type is short; anything else only looks like one. */
function usable(text: string | undefined): string | undefined {
  return text !== undefined && text !== "" && text.length <= MOST_CHARACTERS ? text : undefined;
}
