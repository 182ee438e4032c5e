/** The JSON shape of `faults`: a part of `jsonShapes`. */
import * as v from "valibot";
import { sentence, version, word } from "./shape-words.ts";

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
