import type { EnvelopeName } from "./envelope-names.ts";
import { isoSeconds, type Json, type JsonFields, type Maker, unixSeconds } from "./sample.ts";

/** A form in which events without a provider are written. */
export interface Envelope {
  readonly name: EnvelopeName;
  /** Another name: the text that it comes from. */
  readonly alias?: string;
  readonly says: string;
  readonly build: (make: Maker, object: EventObject) => JsonFields;
}

/** What an event is about. */
export interface EventObject {
  /** `order` */
  readonly kind: string;
  readonly id: string;
  readonly fields: JsonFields;
}

/** The forms, the default first. */
export const envelopes: readonly Envelope[] = [
  {
    name: "plain",
    alias: "000",
    says: "id, type, created_at, api_version, and the object's fields in data",
    build: (make, { kind, id, fields }) => ({
      id: make.eventId,
      type: make.type,
      created_at: isoSeconds(make.atMs),
      api_version: make.apiVersion,
      data: { object: kind, id, ...fields },
    }),
  },
  {
    name: "event-data",
    alias: "001",
    says: "event, the object by its name in data, and a timestamp in seconds; no id",
    build: (make, object) => ({
      event: make.type,
      data: named(object),
      timestamp: unixSeconds(make.atMs),
    }),
  },
  {
    name: "event-flat",
    says: "id, event, a timestamp in seconds, and the object by its name beside them",
    build: (make, object) => ({
      id: make.eventId,
      event: make.type,
      timestamp: unixSeconds(make.atMs),
      ...named(object),
    }),
  },
  {
    name: "object",
    alias: "002",
    says: "id, type, api_version, created, and the object in data.object",
    build: (make, { id, fields }) => ({
      id: make.eventId,
      type: make.type,
      api_version: make.apiVersion,
      created: isoSeconds(make.atMs),
      data: { object: { id, ...fields } },
    }),
  },
  {
    name: "flat",
    alias: "002-flat",
    says: "id, type, created, and the object's fields in data, its id as order_id",
    build: (make, object) => ({
      id: make.eventId,
      type: make.type,
      created: isoSeconds(make.atMs),
      data: withIdOf(object),
    }),
  },
  {
    name: "stripe",
    alias: "003",
    says: "id, object, type, created in seconds, and the object in data.object",
    build: (make, { kind, id, fields }) => ({
      id: make.eventId,
      object: "event",
      type: make.type,
      created: unixSeconds(make.atMs),
      data: { object: { id, object: kind, ...fields } },
    }),
  },
  {
    name: "event-type",
    alias: "004",
    says: "event_type, timestamp, and the object's fields in data, its id as order_id; no event id",
    build: (make, object) => ({
      event_type: make.type,
      timestamp: isoSeconds(make.atMs),
      data: withIdOf(object),
    }),
  },
  {
    name: "standard",
    says: "type, timestamp, and the object's fields in data, as Standard Webhooks advises; the id is in a header",
    build: (make, { id, fields }) => ({
      type: make.type,
      timestamp: new Date(make.atMs).toISOString(),
      data: { id, ...fields },
    }),
  },
];

/** An envelope by its name or the other name of it. */
export function findEnvelope(name: string): Envelope | undefined {
  return envelopes.find((envelope) => envelope.name === name || envelope.alias === name);
}

/** `{"payment": {"id": …}, "customer": {…}}`: what the object refers to stands beside it. */
function named({ kind, id, fields }: EventObject): JsonFields {
  const inner = Object.entries(fields).filter(([, value]) => !isFields(value));
  const beside = Object.entries(fields).filter(([, value]) => isFields(value));
  return { [kind]: { id, ...Object.fromEntries(inner) }, ...Object.fromEntries(beside) };
}

function withIdOf({ kind, id, fields }: EventObject): JsonFields {
  return { [`${kind}_id`]: id, ...fields };
}

function isFields(value: Json): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
