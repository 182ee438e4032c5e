/** The JSON shape of `faults`: a part of `jsonShapes`. */
import * as v from "valibot";
import { sentence, version, word } from "./shape-words.ts";
import { FAULT_SCOPES } from "../../faults/plan.ts";

/** What goes wrong on purpose, in the `ready` line. */
export const activePlan = v.object({
  plan: v.pipe(v.string(), v.description("As --fail takes it.")),
  per: v.picklist(FAULT_SCOPES),
  rate: v.pipe(
    v.nullable(v.number()),
    v.description("Share of the requests that take part, above 0 up to 1; null: all."),
  ),
  seed: v.pipe(v.nullable(v.number()), v.description("Of the dice: --seed makes them fall the same way.")),
  match: v.pipe(v.nullable(v.string()), v.description("The filter of those that take part; null: all do.")),
});

export const faultShapes = {
  fault: v.object({
    v: version,
    kind: v.literal("fault"),
    name: word,
    direction: v.pipe(
      v.picklist(["in", "out"]),
      v.description("`in`: a sender of requests meets it. `out`: a handler of what `send` sends."),
    ),
    syntax: v.pipe(v.string(), v.description("How a plan writes it, or the flag of `send`.")),
    summary: sentence,
    seen: v.pipe(v.string(), v.description("What the other side makes of it. For people; its wording may change.")),
    examples: v.array(v.string()),
  }),
} as const;
