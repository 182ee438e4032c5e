/** The JSON shape of `providers`: a part of `jsonShapes`. */
import * as v from "valibot";
import { milliseconds, version, word } from "./shape-words.ts";

const place = v.pipe(
  v.nullable(v.string()),
  v.description(
    "`h:` a header, `b:` a field of the body, `q:` of the query; `|` stands between alternatives; null: none.",
  ),
);
const templates = v.array(v.tuple([v.string(), v.string()]));

export const providerShapes = {
  provider: v.object({
    v: version,
    kind: v.literal("provider"),
    name: v.pipe(v.string(), v.description("As it is written on the command line.")),
    title: v.string(),
    own: v.pipe(v.boolean(), v.description("It comes from a configuration file.")),
    source: v.pipe(v.string(), v.description("Page or code that the rule was taken from.")),
    trust: v.picklist(["measured", "code", "official", "quoted", "secondary", "reference"]),
    signature: v.object({
      kind: v.picklist(["template", "code", "static", "unjudged", "none"]),
      algorithm: v.nullable(word),
      encoding: v.nullable(word),
      key: v.pipe(v.nullable(word), v.description("How the secret becomes a key.")),
      content: v.pipe(v.nullable(v.string()), v.description("What is signed; `{body}` are the raw bytes.")),
      headers: v.pipe(templates, v.description("Name and template of each header that belongs to it.")),
      unit: v.pipe(v.nullable(v.picklist(["s", "ms", "iso"])), v.description("Of the time; null: none is signed.")),
      toleranceMs: v.pipe(v.nullable(milliseconds), v.description("Greatest age; null: any.")),
    }),
    eventId: place,
    eventType: place,
    attempt: place,
    handshake: v.nullable(word),
    schedule: v.pipe(v.nullable(word), v.description("Name of its retry schedule: see `schedules`.")),
    ackBudgetMs: v.pipe(v.nullable(milliseconds), v.description("How long it waits for an answer; null: unknown.")),
    sdk: v.pipe(v.array(word), v.description("What its own package does that hookcli does not.")),
    variable: v.pipe(v.string(), v.description("Environment variable for its secret.")),
    secrets: v.pipe(v.array(v.string()), v.description("Where a secret for it would be taken from now.")),
  }),
} as const;
