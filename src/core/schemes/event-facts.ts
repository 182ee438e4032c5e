import type { CapturedRequest, EventFacts } from "../model/request.ts";
import { MessageView } from "./message-view.ts";
import { readPlace } from "./places.ts";
import { type Recognition, recognise } from "./recognise.ts";
import type { Scheme } from "./scheme.ts";
import { GENERAL_PLACES } from "./unknown-signer.ts";

/** With a zone: without one it could be any of a day's hours. */
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** What a request says about its event, unjudged. Never throws. @param own a person's schemes */
export function readEventFacts(request: CapturedRequest, own: readonly Scheme[] = []): EventFacts {
  const view = new MessageView(request);
  return eventFactsOf(view, recognise(view, own));
}

/**
 * The same once the sender is known: where its scheme says, and nowhere else. Of a sender without a scheme it is what
 * stands in well-known headers, else at the top of the body.
 */
export function eventFactsOf(view: MessageView, recognition: Recognition | undefined): EventFacts {
  const { provider, scheme } = recognition ?? {};
  const places: Pick<Scheme, "eventId" | "eventType"> = scheme ?? GENERAL_PLACES;
  return {
    provider,
    scheme: scheme?.name,
    eventId: places.eventId === undefined ? undefined : readPlace(view, places.eventId),
    eventType: places.eventType === undefined ? undefined : readPlace(view, places.eventType),
    occurredAtMs: scheme?.occurredAt === undefined ? undefined : readOccurredAtMs(view, scheme.occurredAt),
    objectId: scheme?.objectId === undefined ? undefined : readPlace(view, scheme.objectId),
    attemptNumber: scheme?.attempt === undefined ? undefined : attemptOf(view, scheme.attempt, scheme.attemptsFrom),
  };
}

/** From 1, however the provider counts; undefined where it says none. */
function attemptOf(view: MessageView, place: string, from: Scheme["attemptsFrom"] = 1): number | undefined {
  const text = readPlace(view, place);
  if (text === undefined || !/^\d{1,6}$/.test(text)) return undefined;
  const number = Number(text) - from + 1;
  return number >= 1 ? number : undefined;
}

/**
 * A time that stands at a place of a message, in milliseconds: ISO 8601 with a zone, seconds or milliseconds since 1970,
 * told apart by their digits. Undefined where there is none.
 */
export function readOccurredAtMs(view: MessageView, place: string): number | undefined {
  const text = readPlace(view, place);
  if (text === undefined) return undefined;
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000;
  if (/^\d{12,14}$/.test(text)) return Number(text);
  const atMs = ISO.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : atMs;
}
