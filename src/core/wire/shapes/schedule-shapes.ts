/** JSON shapes of `schedules` and `retries`: a part of `jsonShapes`. */
import * as v from "valibot";
import { milliseconds, requestId, sentence, time, version } from "./shape-words.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const ranges = v.array(v.tuple([v.number(), v.number()]));
const delays = v.pipe(
  v.array(milliseconds),
  v.description("The delay before each retry, without jitter; empty where they are not known."),
);

const attempt = v.object({
  requestId,
  receivedAt: time,
  number: v.pipe(count, v.description("Which attempt it is, from 1: by the provider's word, else by the gaps.")),
  stated: v.pipe(v.nullable(count), v.description("The number that the provider gave it, from 1; null: none.")),
  finding: v.picklist(["first", "on-time", "early", "late", "extra", "unknown"]),
  extra: v.pipe(
    v.nullable(v.picklist(["accepted", "stopped", "used-up", "repeated"])),
    v.description("Why it should not have come; null: it should."),
  ),
  gapMs: v.pipe(v.nullable(milliseconds), v.description("Since the one before it.")),
  expectedMs: v.pipe(v.nullable(milliseconds), v.description("What the gap should be; null: nobody knows.")),
  told: v.pipe(
    v.nullable(v.object({ status: v.number(), note: v.nullable(sentence) })),
    v.description("What the sender was told; status 0: nothing. Null: it is not known."),
  ),
  toldAfterMs: v.pipe(v.nullable(milliseconds), v.description("From its arrival until the sender was told.")),
  handlerStatus: v.pipe(
    v.nullable(v.number()),
    v.description("What the target answered; null: nothing, or not asked."),
  ),
  reason: v.pipe(v.nullable(v.string()), v.description("Why the attempt before it failed, as the provider says.")),
});

export const scheduleShapes = {
  schedule: v.object({
    v: version,
    kind: v.literal("schedule"),
    name: v.pipe(v.nullable(v.string()), v.description("Null: it was written on the command line.")),
    title: v.nullable(v.string()),
    source: v.pipe(v.nullable(v.string()), v.description("Page or code that it was taken from.")),
    trust: v.nullable(v.picklist(["code", "official", "quoted", "secondary", "reference", "undocumented"])),
    retries: v.pipe(v.picklist(["delays", "count", "unpublished", "none"]), v.description("What is known of them.")),
    text: v.pipe(v.nullable(v.string()), v.description("In the grammar of docs/schedules.md; null: not known.")),
    delaysMs: delays,
    jitterPercent: v.pipe(v.nullable(v.number()), v.description("Of each delay, more or less.")),
    most: v.pipe(v.nullable(count), v.description("Attempts, the first one included; null: nobody knows.")),
    spanMs: v.pipe(v.nullable(milliseconds), v.description("From the first attempt to the last.")),
    why: v.pipe(v.nullable(sentence), v.description("Why nothing can be held against it; null: something can.")),
    accepts: v.pipe(ranges, v.description("Statuses that count as accepted, both ends included.")),
    stopsOn: v.pipe(ranges, v.description("Other statuses that end the retries.")),
    timeoutMs: v.pipe(v.nullable(milliseconds), v.description("How long an answer is waited for; null: unknown.")),
    note: v.nullable(sentence),
  }),
  retries: v.object({
    v: version,
    kind: v.literal("retries"),
    provider: v.nullable(v.string()),
    eventId: v.nullable(v.string()),
    eventType: v.nullable(v.string()),
    bodySha256: v.pipe(v.nullable(v.string()), v.description("What makes them one, where no event is named.")),
    schedule: v.pipe(v.nullable(v.string()), v.description("Name of what they are held against, or its text.")),
    attempts: v.pipe(v.array(attempt), v.description("Those that were captured, oldest first.")),
    missing: v.pipe(v.array(count), v.description("Attempts that should have come and were not captured.")),
    most: v.pipe(v.nullable(count), v.description("Attempts that the schedule has; null: nobody knows.")),
    next: v.pipe(
      v.nullable(v.object({ number: count, from: time, to: time })),
      v.description("The attempt that is expected, and when; null: none is, or nobody knows when."),
    ),
    lastBy: v.pipe(v.nullable(time), v.description("The last one comes at the latest then; where the span is known.")),
    end: v.pipe(
      v.picklist(["open", "accepted", "stopped", "used-up", "unknown"]),
      v.description("Why nothing more is expected, or `open`."),
    ),
    meaningless: v.pipe(v.nullable(sentence), v.description("Why gaps cannot be judged; null: they can.")),
    asExpected: v.pipe(v.nullable(v.boolean()), v.description("Null where nothing can be judged.")),
    cut: v.pipe(v.boolean(), v.description("Older attempts are stored that are not shown.")),
  }),
} as const;
