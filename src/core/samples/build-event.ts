import { idsFrom } from "./ids.ts";
import type { Json, JsonFields, Maker, Sample, Samples } from "./sample.ts";

/** What an event is made from. */
export interface EventRecipe {
  readonly samples: Samples;
  readonly build: Sample["build"];
  readonly type: string;
  /** Undefined: a fresh one. */
  readonly eventId: string | undefined;
  /** Random, and the same for all events that are about the same objects. */
  readonly seed: string;
  /** Which of these events it is. */
  readonly index: number;
  readonly atMs: number;
  readonly bornMs: number;
  /** Undefined: the provider's usual one. */
  readonly apiVersion: string | undefined;
  /** Leaves out the object that it is about. */
  readonly isThin: boolean;
}

/** An event made up. */
export interface BuiltEvent {
  readonly type: string;
  readonly eventId: string;
  /** Compact JSON. */
  readonly text: string;
}

/** Makes up an event. The same recipe gives the same one. */
export function buildEvent(recipe: EventRecipe): BuiltEvent {
  const { samples, type, seed, index } = recipe;
  const own = idsFrom(`${seed}\n${index}`);
  const eventId = recipe.eventId ?? samples.eventId(own);
  const make: Maker = {
    type,
    eventId,
    own,
    ids: idsFrom(seed),
    atMs: recipe.atMs,
    bornMs: recipe.bornMs,
    apiVersion: recipe.apiVersion ?? samples.apiVersion ?? "",
  };
  const payload = recipe.build(make);
  const text = JSON.stringify(recipe.isThin && samples.snapshot ? without(payload, samples.snapshot) : payload);
  return { type, eventId, text };
}

function without(payload: Json, field: string): Json {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return payload;
  return Object.fromEntries(Object.entries(payload as JsonFields).filter(([name]) => name !== field));
}
