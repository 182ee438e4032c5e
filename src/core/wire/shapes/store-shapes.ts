/** JSON shapes of the commands that look after the store, and of `diff`: a part of `jsonShapes`. */
import * as v from "valibot";
import { bytes, headers, pid, requestId, sentence, time, version, word } from "./shape-words.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const path = v.pipe(v.string(), v.description("Path of the SQLite file."));

const sizeFields = v.object({
  total: bytes,
  database: bytes,
  log: v.pipe(bytes, v.description("Bytes of the write-ahead log.")),
  bodies: v.pipe(bytes, v.description("Bytes of the body folder.")),
});

const removalFields = v.object({
  dryRun: v.pipe(v.boolean(), v.description("Nothing was removed: this is what would go.")),
  requests: count,
  deliveries: count,
  attempts: count,
  bodyBytes: v.pipe(bytes, v.description("Bytes of bodies and responses, as far as they were stored.")),
  left: v.pipe(v.array(requestId), v.description("Requests that stay because a delivery of theirs is running.")),
});

const edge = v.nullable(v.object({ id: requestId, receivedAt: time }));

const facts = v.object({
  schema: v.pipe(count, v.description("Version of the store's schema.")),
  requests: v.pipe(count, v.description("All of them, malformed ones included.")),
  malformed: count,
  deliveries: count,
  attempts: count,
  prunedEvents: v.pipe(count, v.description("Ids of events whose requests were removed; kept for 72 hours.")),
  oldest: v.pipe(edge, v.description("The request with the lowest id; null: nothing is stored.")),
  newest: edge,
});

const change = v.picklist(["changed", "added", "removed"]);
const side = <Schema extends v.GenericSchema>(schema: Schema) => v.object({ left: schema, right: schema });
const bodySide = v.object({
  size: bytes,
  sha256: v.pipe(v.string(), v.description("Of the stored bytes, hexadecimal.")),
});
const fields = v.pipe(
  v.array(v.object({ name: v.string(), change, left: v.array(v.string()), right: v.array(v.string()) })),
  v.description(
    "Header fields that differ, each with all its values; letter case and order of names count with --raw only. Credentials are masked unless --reveal is given.",
  ),
);

export const storeShapes = {
  removed: v.object({
    v: version,
    kind: v.literal("removed"),
    ...removalFields.entries,
    ids: v.pipe(v.array(requestId), v.description("The requests, oldest first.")),
  }),
  exported: v.object({
    v: version,
    kind: v.literal("exported"),
    requests: v.pipe(count, v.description("How many are in the file.")),
    left: v.pipe(
      v.array(v.object({ id: requestId, reason: sentence })),
      v.description("Requests that cannot be written this way, and why."),
    ),
    file: v.pipe(v.string(), v.description("As it was named.")),
  }),
  imported: v.object({
    v: version,
    kind: v.literal("imported"),
    ids: v.pipe(v.array(requestId), v.description("What they are stored as, in the order of the file.")),
  }),
  pruned: v.object({
    v: version,
    kind: v.literal("pruned"),
    ...removalFields.entries,
    before: sizeFields,
    after: sizeFields,
  }),
  info: v.object({
    v: version,
    kind: v.literal("info"),
    path,
    exists: v.pipe(v.boolean(), v.description("False: the first `listen` makes it.")),
    size: sizeFields,
    stored: v.pipe(v.nullable(facts), v.description("Null where it is not there, or cannot be read.")),
    sessions: v.pipe(
      v.array(
        v.object({
          pid,
          command: v.string(),
          startedAt: time,
          capture: v.pipe(v.nullable(v.string()), v.description("Where it takes requests; null: it does not listen.")),
          forward: v.array(v.string()),
          directory: v.string(),
        }),
      ),
      v.description("What runs on this store now, the newest first."),
    ),
    check: v.optional(
      v.object({
        sound: v.boolean(),
        damage: v.pipe(v.nullable(sentence), v.description("What SQLite found; null: nothing.")),
        missing: v.pipe(v.array(v.string()), v.description("Body files that rows name and that are gone or cut.")),
        stray: v.pipe(v.array(v.string()), v.description("Body files that no row names: harmless leftovers.")),
      }),
    ),
  }),
  recovered: v.object({
    v: version,
    kind: v.literal("recovered"),
    from: path,
    to: v.pipe(v.string(), v.description("Path of the new store.")),
    tables: v.array(
      v.object({
        table: word,
        rows: v.pipe(count, v.description("Saved.")),
        unreadable: v.pipe(
          count,
          v.description("Keys at which nothing could be read; not all of them need have been used."),
        ),
      }),
    ),
    files: v.pipe(count, v.description("Large bodies that were copied.")),
    missingFiles: count,
    withoutBody: v.pipe(count, v.description("Requests whose body is lost; they read as partial.")),
  }),
  setting: v.object({
    v: version,
    kind: v.literal("setting"),
    key: v.pipe(v.string(), v.description("As a configuration file has it: `listen.maxBody`.")),
    value: v.pipe(v.nullable(v.string()), v.description("Credentials are masked; null: nothing is set.")),
    origin: v.pipe(v.string(), v.description("Flag, environment variable, file with line, or default.")),
  }),
  diff: v.object({
    v: version,
    kind: v.literal("diff"),
    ...side(requestId).entries,
    equal: v.boolean(),
    method: v.pipe(v.nullable(side(v.string())), v.description("Null: it is the same.")),
    target: v.pipe(v.nullable(side(v.string())), v.description("Null: it is the same.")),
    headers: fields,
    headerLines: v.pipe(
      v.optional(side(headers)),
      v.description("With --raw, where the fields are the same in another order or letter case: as they came."),
    ),
    trailers: fields,
    body: v.object({
      ...side(bodySide).entries,
      comparison: v.pipe(
        v.picklist(["same", "formatting", "json", "text", "binary", "too-large", "too-different"]),
        v.description(
          "How they differ. `formatting`: the same JSON in other bytes. `json`: lines of both, with fields sorted by name. `text`: lines as they came.",
        ),
      ),
      firstDifference: v.pipe(
        v.nullable(bytes),
        v.description("Offset of the first byte that differs; null: unknown."),
      ),
      hunks: v.array(
        v.object({
          leftFrom: v.pipe(count, v.description("Number of the first line on the left, from 1.")),
          rightFrom: count,
          lines: v.pipe(
            v.array(v.string()),
            v.description("` ` stands before what is the same, `-` before the left one's, `+` before the right one's."),
          ),
        }),
      ),
    }),
  }),
} as const;

export type RemovalFields = v.InferOutput<typeof removalFields>;
export type SizeFields = v.InferOutput<typeof sizeFields>;
