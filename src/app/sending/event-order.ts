import { type Random, shuffle } from "../../core/model/seeded.ts";

/** One thing to be sent: which event of which round, and which copy of it. */
export interface EventSlot {
  /** From 0. The events of a round are about the same object. */
  readonly round: number;
  /** Of the event among those of its round, from 0. */
  readonly index: number;
  /** From 1. */
  readonly copy: number;
}

export interface EventOrder {
  readonly rounds: number;
  /** Different events in a round. */
  readonly events: number;
  /** How often each is sent. */
  readonly copies: number;
  /** Undefined: one round after the other, copies right behind each other. */
  readonly random: Random | undefined;
}

/** Everything that is to be sent, in its order. */
export function* eventOrder({ rounds, events, copies, random }: EventOrder): Generator<EventSlot, void, undefined> {
  const total = rounds * events * copies;
  if (!random) {
    for (let at = 0; at < total; at += 1) yield slotAt(at, events, copies);
    return;
  }
  const places = Uint32Array.from({ length: total }, (_, at) => at);
  shuffle(places, random);
  for (const place of places) yield slotAt(place, events, copies);
}

function slotAt(at: number, events: number, copies: number): EventSlot {
  const event = Math.floor(at / copies);
  return { round: Math.floor(event / events), index: event % events, copy: (at % copies) + 1 };
}
