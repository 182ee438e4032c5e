import { editJson, type JsonEdit } from "../../core/json/edit-json.ts";
import { type Body, bytesBody } from "../../core/model/body.ts";
import type { HeaderPairs } from "../../core/model/headers.ts";
import { buildEvent } from "../../core/samples/build-event.ts";
import { encodeBody } from "../../core/samples/encode-body.ts";
import type { Sample, Samples } from "../../core/samples/sample.ts";
import { MessageView } from "../../core/schemes/message-view.ts";
import { readPlace } from "../../core/schemes/places.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";
import { setPlace } from "../../core/schemes/set-place.ts";
import type { OutgoingEvent } from "./compose-event.ts";
import type { EventSlot } from "./event-order.ts";

/** One of the types to be sent, and what its events are made from. */
export interface EventKind {
  readonly type: string;
  readonly build: Sample["build"];
  /** The sample is one of another type or of another's form: type and id are written into it where the scheme reads them. */
  readonly isBorrowed: boolean;
}

export interface EventSourceOptions {
  readonly scheme: Scheme;
  readonly samples: Samples;
  readonly kinds: readonly EventKind[];
  /** In place of what would be made up, to the byte. */
  readonly given: Uint8Array | undefined;
  readonly edits: readonly JsonEdit[];
  /** Of the one event; undefined: fresh ones. */
  readonly eventId: string | undefined;
  readonly apiVersion: string | undefined;
  readonly isThin: boolean;
  /** Random. Ids follow from it. */
  readonly seed: string;
  /** Of a round's last event, at the first call for the round; the others lie a second before each other. */
  readonly timeOf: (round: number) => number;
  /** Told what a person may not have meant. */
  readonly say: (note: string) => void;
}

/** Between the events of one object, so that consumers can tell their order. */
const APART_MS = 1000;
/** How long the object has been there before its first event. */
const BORN_BEFORE_MS = 60_000;

/** Makes the events of one call, each when its turn comes; a copy has the bytes of the first. */
export class EventSource {
  readonly #options: EventSourceOptions;
  #last: { readonly slot: EventSlot; readonly event: OutgoingEvent } | undefined;
  #round: { readonly number: number; readonly atMs: number } | undefined;

  constructor(options: EventSourceOptions) {
    this.#options = options;
  }

  /**
   * The event for a slot.
   * @throws BODY_NOT_EDITABLE
   */
  event(slot: EventSlot): OutgoingEvent {
    const last = this.#last;
    if (last?.slot.round === slot.round && last.slot.index === slot.index) return last.event;
    const event = this.#options.given === undefined ? this.#made(slot) : this.#given(slot, this.#options.given);
    this.#last = { slot, event };
    return event;
  }

  #made({ round, index }: EventSlot): OutgoingEvent {
    const { scheme, samples, seed, kinds, edits, say } = this.#options;
    const kind = this.#kind(index);
    const lastMs = this.#timeOf(round);
    const built = buildEvent({
      ...this.#options,
      ...kind,
      seed: `${seed}\n${round}`,
      index,
      atMs: lastMs - (kinds.length - 1 - index) * APART_MS,
      bornMs: lastMs - (kinds.length - 1) * APART_MS - BORN_BEFORE_MS,
    });
    let { text } = built;
    if (kind.isBorrowed) {
      const typed = putIntoBody(bytesBody(Buffer.from(text)), scheme.eventType, kind.type);
      text = textOf(putIntoBody(typed, scheme.eventId, built.eventId));
    } else if (this.#options.eventId !== undefined && samples.anyType) {
      // Not every form has an id of its own, and here one is wanted.
      text = textOf(putIntoBody(bytesBody(Buffer.from(text)), scheme.eventId, built.eventId));
    }
    if (edits.length > 0) {
      const edited = editJson(text, edits);
      for (const note of edited.notes) say(note);
      ({ text } = edited);
    }
    return this.#outgoing(kind, built.eventId, bytesBody(encodeBody(text, samples.encoding ?? "json")));
  }

  #given({ round, index }: EventSlot, bytes: Uint8Array): OutgoingEvent {
    const { scheme, seed, edits, eventId, say } = this.#options;
    const kind = this.#kind(index);
    let body: Body = bytesBody(bytes);
    if (edits.length > 0) {
      const edited = editJson(Buffer.from(bytes).toString(), edits);
      for (const note of edited.notes) say(note);
      body = bytesBody(Buffer.from(edited.text));
    }
    if (eventId !== undefined) body = putIntoBody(body, scheme.eventId, eventId);
    const view = new MessageView({ method: "POST", target: "/", headers: [], body });
    const own = scheme.eventId === undefined ? undefined : readPlace(view, scheme.eventId);
    const fresh = buildEvent({ ...this.#options, ...kind, seed: `${seed}\n${round}`, index, atMs: 0, bornMs: 0 });
    return this.#outgoing(kind, eventId ?? own ?? fresh.eventId, body);
  }

  #outgoing({ type }: EventKind, eventId: string, body: Body): OutgoingEvent {
    const { scheme, samples, apiVersion } = this.#options;
    const headers: HeaderPairs =
      apiVersion !== undefined && samples.apiVersionHeader !== undefined ? [samples.apiVersionHeader, apiVersion] : [];
    return {
      scheme,
      eventId,
      headerType: samples.headerType?.(type) ?? type,
      body,
      contentType: this.#contentType(),
      headers,
    };
  }

  #contentType(): string {
    const { scheme, given, samples } = this.#options;
    const usual = scheme.contentType ?? "application/json";
    // JSON that a person gives for a sender of forms is still JSON.
    return samples.encoding === "form" && given !== undefined && isJson(given) ? "application/json" : usual;
  }

  #kind(index: number): EventKind {
    const kind = this.#options.kinds[index];
    if (!kind) throw new RangeError(`there are ${this.#options.kinds.length} events in a round`);
    return kind;
  }

  /** The same for all events of a round. */
  #timeOf(round: number): number {
    if (this.#round?.number !== round) this.#round = { number: round, atMs: this.#options.timeOf(round) };
    return this.#round.atMs;
  }
}

function textOf(body: Body): string {
  return body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return true;
  } catch {
    return false;
  }
}

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
