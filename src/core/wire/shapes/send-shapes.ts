/** JSON shapes of `send`: a part of `jsonShapes`. */
import * as v from "valibot";
import { sentence, version } from "./shape-words.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const event = v.object({
  provider: v.pipe(v.string(), v.description("As whose event it is sent.")),
  id: v.pipe(
    v.nullable(v.string()),
    v.description("As a receiver reads it, the same for all copies; null: requests of this kind carry none."),
  ),
  type: v.string(),
});

const signed = v.pipe(v.boolean(), v.description("It carries a signature."));
const faults = v.pipe(
  v.array(v.string()),
  v.description("What is wrong with it on purpose, by the names of `hookcli faults`; a copy is told by its number."),
);
const url = v.pipe(v.string(), v.description("Posted to."));

/** @param attempt the shape of an attempt, which others have too */
export function sendShapes<Attempt extends v.GenericSchema>(attempt: Attempt) {
  return {
    sent: v.object({
      v: version,
      kind: v.literal("sent"),
      event,
      copy: v.pipe(v.number(), v.integer(), v.minValue(1), v.description("From 1; more only with --duplicate.")),
      signed,
      faults,
      url,
      attempt,
      says: v.pipe(
        v.nullable(sentence),
        v.description("What the target said on refusing it, or why it said nothing; null where it was accepted."),
      ),
    }),
    sends: v.object({
      v: version,
      kind: v.literal("sends"),
      sent: v.pipe(count, v.description("Attempts that have ended.")),
      delivered: v.pipe(count, v.description("Of these, answered with 2xx.")),
      failed: v.pipe(count, v.description("The others, also those without any answer.")),
      notSent: v.pipe(count, v.description("Those whose turn did not come: it was stopped before.")),
      seed: v.pipe(v.nullable(v.number()), v.description("Of the order, with --shuffle: --seed makes the same one.")),
    }),
    "would-send": v.object({
      v: version,
      kind: v.literal("would-send"),
      event,
      signed,
      faults,
      url: v.pipe(v.string(), v.description("Would be posted to.")),
      http: v.pipe(
        v.string(),
        v.description("The message as it would be sent; one character a byte where it is not UTF-8."),
      ),
      curl: v.pipe(v.string(), v.description("A command for a POSIX shell that sends the same.")),
    }),
  } as const;
}
