/**
 * Every shape that `--json` prints, defined once: the types of the renderers come from here, `docs/json.md` is generated
 * from it, and tests hold real output against it. Imported for its types only, so it costs nothing at run time.
 */
import * as v from "valibot";

const version = v.pipe(
  v.literal(1),
  v.description("Version of this shape. A change that breaks readers gets a new one."),
);
const time = v.pipe(v.string(), v.isoTimestamp(), v.description("UTC, ISO 8601."));
const milliseconds = v.pipe(v.number(), v.minValue(0), v.description("Milliseconds."));
const bytes = v.pipe(v.number(), v.integer(), v.minValue(0), v.description("Bytes."));
const requestId = v.pipe(v.number(), v.integer(), v.minValue(1), v.description("The request's id, as people type it."));
const status = v.pipe(v.number(), v.integer(), v.description("HTTP status."));
const headers = v.pipe(
  v.array(v.tuple([v.string(), v.string()])),
  v.description(
    "Name and value of each header, in wire order; one character a byte (latin-1). Credentials are masked unless --reveal is given.",
  ),
);
const word = v.pipe(v.string(), v.description("Short and stable, for programs."));
const sentence = v.pipe(v.string(), v.description("For people; its wording may change."));
const pid = v.pipe(v.number(), v.integer(), v.description("Process id of the listener."));
const bodyBase64 = v.pipe(v.string(), v.base64(), v.description("Exact bytes of the stored body. With --body."));

export const requestFields = v.object({
  id: requestId,
  receivedAt: time,
  method: v.pipe(v.string(), v.description("As sent; empty where the bytes were no HTTP.")),
  target: v.pipe(
    v.string(),
    v.description(
      "The request target as sent: path and query, one character a byte (latin-1). Credentials in the query are masked.",
    ),
  ),
  httpVersion: v.pipe(v.string(), v.description("`1.1`, `1.0`, or what a malformed request claimed.")),
  remoteAddress: v.pipe(v.string(), v.description("Address and port of the sender.")),
  size: v.pipe(bytes, v.description("Bytes of the body that are stored.")),
  completeness: v.pipe(
    v.picklist(["complete", "truncated", "partial", "malformed"]),
    v.description("Whether all of it is there: cut at --max-body, broken off by the sender, or no HTTP at all."),
  ),
  refusal: v.pipe(
    v.nullable(v.object({ status, code: word, reason: sentence })),
    v.description("Set where hookcli answered by itself and forwarded nothing."),
  ),
  reply: v.pipe(
    v.nullable(v.object({ status, note: v.nullable(sentence) })),
    v.description(
      "What the sender was told; null: nothing yet. The note says why where it is not simply the target's response.",
    ),
  ),
});

export const outcomeFields = v.variant("kind", [
  v.object({ kind: v.literal("response"), status, size: bytes }),
  v.object({
    kind: v.literal("no-response"),
    reason: v.picklist([
      "refused",
      "timeout",
      "reset",
      "dns",
      "unreachable",
      "tls",
      "bad-response",
      "cut-off",
      "unsendable",
    ]),
    detail: v.pipe(v.string(), v.description("Addresses that were tried, or what the peer sent.")),
  }),
  v.object({ kind: v.literal("interrupted") }),
]);

export const attemptFields = v.object({
  number: v.pipe(v.number(), v.integer(), v.minValue(1), v.description("From 1.")),
  startedAt: time,
  durationMs: v.pipe(v.nullable(milliseconds), v.description("Null while it runs and where it was interrupted.")),
  outcome: v.pipe(v.nullable(outcomeFields), v.description("Null while it runs.")),
});

export const deliveryFields = v.object({
  id: v.pipe(v.string(), v.regex(/^d\d+$/), v.description("`d17`")),
  requestId,
  url: v.pipe(v.string(), v.description("Posted to.")),
  cause: v.picklist(["forward", "replay"]),
  status: v.picklist(["pending", "delivered", "failed"]),
  attempts: v.array(attemptFields),
});

const responseFields = v.object({ headers, bodyBase64: v.optional(bodyBase64) });

/** What `--json` prints, by command; `stream` marks those that print one object a line. */
export const jsonShapes = {
  ready: v.object({
    v: version,
    kind: v.literal("ready"),
    at: time,
    capture: v.pipe(v.string(), v.url(), v.description("Where requests are taken: the port is bound.")),
    forward: v.pipe(v.array(v.string()), v.description("Targets, the one that answers first.")),
    store: v.pipe(v.string(), v.description("Path of the SQLite file.")),
    stored: v.pipe(v.number(), v.integer(), v.description("Requests that were in it before.")),
    pid,
  }),
  request: v.object({
    v: version,
    kind: v.literal("request"),
    request: requestFields,
    delivery: v.pipe(
      v.optional(v.nullable(deliveryFields)),
      v.description("With `list`: the delivery that tells how the request fared; null where it went nowhere."),
    ),
  }),
  delivery: v.object({
    v: version,
    kind: v.literal("delivery"),
    elsewhere: v.pipe(v.boolean(), v.description("Made by another process on the same store.")),
    request: requestFields,
    delivery: deliveryFields,
  }),
  notice: v.object({
    v: version,
    kind: v.literal("notice"),
    at: time,
    level: v.picklist(["warning", "error"]),
    code: word,
    text: sentence,
  }),
  summary: v.object({
    v: version,
    kind: v.literal("summary"),
    at: time,
    received: v.pipe(v.number(), v.integer(), v.description("Requests stored.")),
    delivered: v.pipe(v.number(), v.integer(), v.description("Deliveries that a target answered with 2xx.")),
    failed: v.pipe(v.number(), v.integer(), v.description("Deliveries that it did not.")),
    refused: v.pipe(v.number(), v.integer(), v.description("Requests that hookcli answered by itself.")),
    silent: v.pipe(v.number(), v.integer(), v.description("Connections that never sent a whole head.")),
  }),
  detail: v.object({
    v: version,
    kind: v.literal("detail"),
    request: requestFields,
    headers,
    trailers: headers,
    bodyBase64: v.optional(bodyBase64),
    deliveries: v.array(
      v.object({
        ...deliveryFields.entries,
        sentHeaders: v.pipe(headers, v.description("What the newest attempt sent.")),
        response: v.pipe(v.nullable(responseFields), v.description("What the newest attempt got.")),
      }),
    ),
  }),
  error: v.object({
    v: version,
    kind: v.literal("error"),
    code: v.pipe(v.string(), v.description("See errors.md.")),
    message: sentence,
    hint: v.pipe(v.string(), v.description("What to do next.")),
    exit: v.pipe(v.number(), v.integer(), v.description("The exit code.")),
  }),
} as const;

export type JsonShape<Name extends keyof typeof jsonShapes> = v.InferOutput<(typeof jsonShapes)[Name]>;
export type RequestFields = v.InferOutput<typeof requestFields>;
export type DeliveryFields = v.InferOutput<typeof deliveryFields>;
export type OutcomeFields = v.InferOutput<typeof outcomeFields>;
export type HeaderFields = v.InferOutput<typeof headers>;
