/**
 * Every shape that `--json` prints, defined once: the types of the renderers come from here, `docs/json.md` is generated
 * from it, and tests hold real output against it. Imported for its types only, so it costs nothing at run time.
 */
import * as v from "valibot";
import { VERDICTS } from "../../model/verdict.ts";
import {
  bodyBase64,
  bodyMasked,
  bytes,
  headers,
  milliseconds,
  pid,
  requestId,
  sentence,
  status,
  time,
  version,
  word,
} from "./shape-words.ts";
import { activePlan, faultShapes } from "./fault-shapes.ts";
import { providerShapes } from "./provider-shapes.ts";
import { scheduleShapes } from "./schedule-shapes.ts";
import { sendShapes } from "./send-shapes.ts";
import { storeShapes } from "./store-shapes.ts";
import { verificationShapes } from "./verification-shapes.ts";

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
  eventId: v.pipe(v.nullable(v.string()), v.description("The provider's own id of the event; null: it names none.")),
  eventType: v.pipe(v.nullable(v.string()), v.description("As the provider writes it; null: it names none.")),
  provider: v.pipe(v.nullable(v.string()), v.description("Who sent it, as far as it can be told; null: nobody knows.")),
  scheme: v.pipe(v.nullable(v.string()), v.description("The rule by which its signature is judged.")),
  attemptNumber: v.pipe(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    v.description("Which of its attempts this is, as the provider counts them; null: it does not say."),
  ),
  occurrence: v.pipe(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    v.description("How many requests with its provider and event id had come by then; from 2 on it is a duplicate."),
  ),
  occurredAt: v.pipe(v.nullable(time), v.description("When the event happened, as the provider says.")),
  objectId: v.pipe(v.nullable(v.string()), v.description("What the event is about, by the provider's own id.")),
  overtakenBy: v.pipe(
    v.nullable(requestId),
    v.description("A request about the same object that came before and tells of a later event; null: none had come."),
  ),
  verdict: v.pipe(
    v.nullable(
      v.object({
        kind: v.picklist(VERDICTS),
        signedAt: v.pipe(v.nullable(time), v.description("The time that was signed.")),
        secret: v.pipe(v.nullable(v.string()), v.description("Where the secret comes from under which it holds.")),
      }),
    ),
    v.description("What was found about its signature when it came; null: it was never judged."),
  ),
  parentId: v.pipe(v.nullable(requestId), v.description("The request that this one was edited from; null: none.")),
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
    v.nullable(
      v.object({
        status: v.pipe(v.nullable(status), v.description("HTTP status; null: nothing was sent, or no HTTP.")),
        note: v.nullable(sentence),
        fault: v.pipe(
          v.nullable(v.string()),
          v.description("The fault that decided it, as a plan writes it; with after: the handler was asked first."),
        ),
      }),
    ),
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

const bodyFields = { bodyBase64: v.optional(bodyBase64), bodyMasked: v.optional(bodyMasked) };
const responseFields = v.object({ headers, ...bodyFields });

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
    faults: v.pipe(v.nullable(activePlan), v.description("What goes wrong on purpose; null: nothing.")),
  }),
  request: v.object({
    v: version,
    kind: v.literal("request"),
    request: requestFields,
    delivery: v.pipe(
      v.optional(v.nullable(deliveryFields)),
      v.description(
        "With `list`, `search` and `wait`: the delivery that tells how the request fared; null where it went nowhere.",
      ),
    ),
  }),
  replied: v.object({ v: version, kind: v.literal("replied"), request: requestFields }),
  delivery: v.object({
    v: version,
    kind: v.literal("delivery"),
    elsewhere: v.pipe(v.boolean(), v.description("Made by another process on the same store.")),
    ackBudgetMs: v.optional(
      v.pipe(
        v.nullable(milliseconds),
        v.description("With `listen`: how long the provider waits for this answer; null: nobody waits for it."),
      ),
    ),
    request: requestFields,
    delivery: deliveryFields,
    trend: v.optional(
      v.pipe(
        v.nullable(v.picklist(["fixed", "regressed", "still-failing", "still-passing"])),
        v.description(
          "With `replay`: held against the delivery before it of the same request to the same URL; null where there was none.",
        ),
      ),
    ),
    resigned: v.optional(v.pipe(v.boolean(), v.description("With `replay`: it went out with a fresh signature."))),
  }),
  replayed: v.object({
    v: version,
    kind: v.literal("replayed"),
    sent: v.pipe(v.number(), v.integer(), v.description("Deliveries that have ended.")),
    delivered: v.pipe(v.number(), v.integer(), v.description("Of these, answered with 2xx.")),
    failed: v.pipe(v.number(), v.integer(), v.description("The others, also those without any answer.")),
    fixed: v.pipe(v.number(), v.integer(), v.description("Of those delivered: failed the time before.")),
    regressed: v.pipe(v.number(), v.integer(), v.description("Of those failed: delivered the time before.")),
    skipped: v.pipe(
      v.number(),
      v.integer(),
      v.description("Requests that could not be sent; standard error says why."),
    ),
    notSent: v.pipe(v.number(), v.integer(), v.description("Requests whose turn did not come: it was stopped before.")),
    seed: v.pipe(v.nullable(v.number()), v.description("Of the order, with --shuffle: --seed makes the same one.")),
  }),
  "dry-run": v.object({
    v: version,
    kind: v.literal("dry-run"),
    requestId,
    edited: v.pipe(v.boolean(), v.description("Its content would not be the stored one.")),
    resigned: v.pipe(v.boolean(), v.description("It would go out with a fresh signature.")),
    url: v.pipe(v.string(), v.description("Would be posted to.")),
    http: v.pipe(
      v.string(),
      v.description("The message as it would be sent; one character a byte where it is not UTF-8."),
    ),
    curl: v.pipe(v.string(), v.description("A command for a POSIX shell that sends the same.")),
  }),
  notice: v.object({
    v: version,
    kind: v.literal("notice"),
    at: time,
    level: v.picklist(["note", "warning", "error"]),
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
    duplicates: v.pipe(v.number(), v.integer(), v.description("Requests whose event had come before.")),
    outOfOrder: v.pipe(
      v.number(),
      v.integer(),
      v.description("Requests older than one about the same object that had come before."),
    ),
    failedSignatures: v.pipe(v.number(), v.integer(), v.description("Requests whose signature did not verify.")),
    faulted: v.pipe(v.number(), v.integer(), v.description("Requests that met a fault of --fail.")),
    lostAcks: v.pipe(
      v.number(),
      v.integer(),
      v.description("Of these, those that a target answered with 2xx and whose sender was not told so."),
    ),
    silent: v.pipe(v.number(), v.integer(), v.description("Connections that never sent a whole head.")),
  }),
  detail: v.object({
    v: version,
    kind: v.literal("detail"),
    request: requestFields,
    recognition: v.pipe(
      v.nullable(
        v.object({ provider: v.string(), confidence: v.picklist(["certain", "likely", "guess"]), reason: sentence }),
      ),
      v.description(
        "Who sent it as far as the request itself tells, how sure that is, and by what; null: nobody can tell.",
      ),
    ),
    headers,
    trailers: headers,
    ...bodyFields,
    deliveries: v.array(
      v.object({
        ...deliveryFields.entries,
        sentHeaders: v.pipe(headers, v.description("What the newest attempt sent.")),
        response: v.pipe(v.nullable(responseFields), v.description("What the newest attempt got.")),
      }),
    ),
  }),
  written: v.object({
    v: version,
    kind: v.literal("written"),
    path: v.pipe(v.string(), v.description("The file that is there now.")),
    next: v.pipe(v.string(), v.description("The command to go on with.")),
  }),
  completion: v.object({
    v: version,
    kind: v.literal("completion"),
    shell: v.picklist(["bash", "zsh", "fish"]),
    script: v.pipe(v.string(), v.description("For the shell to read.")),
  }),
  ...sendShapes(attemptFields),
  ...storeShapes,
  ...providerShapes,
  ...scheduleShapes,
  ...faultShapes,
  ...verificationShapes,
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
export type AttemptFields = v.InferOutput<typeof attemptFields>;
export type DeliveryFields = v.InferOutput<typeof deliveryFields>;
export type OutcomeFields = v.InferOutput<typeof outcomeFields>;
export type HeaderFields = v.InferOutput<typeof headers>;
