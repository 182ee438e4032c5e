import fc from "fast-check";
import * as v from "valibot";
import { revealing, usualMask } from "../../../../../src/core/model/mask.ts";
import { expect, test } from "vitest";
import { JsonRenderer } from "../../../../../src/cli/commands/listen/json-renderer.ts";
import { jsonShapes } from "../../../../../src/core/wire/shapes/index.ts";
import { headersToJson } from "../../../../../src/core/wire/request-json.ts";
import type { NoResponseReason, Outcome } from "../../../../../src/core/model/delivery.ts";
import type { FeedEntry } from "../../../../../src/core/model/feed.ts";
import { hostileText, latin1Text } from "../../../../helpers/hostile-text.ts";
import {
  answered,
  sampleAttempt,
  sampleDelivery,
  sampleRequest,
  SAMPLE_TIME_MS,
  stillClock,
  unanswered,
} from "../../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

/** A mapped type, so that a new reason cannot be left out here. */
const reasons = Object.keys({
  refused: 1,
  timeout: 1,
  reset: 1,
  dns: 1,
  unreachable: 1,
  tls: 1,
  "bad-response": 1,
  "cut-off": 1,
  unsendable: 1,
} satisfies Record<NoResponseReason, 1>) as readonly NoResponseReason[];

const outcome: fc.Arbitrary<Outcome | undefined> = fc.oneof(
  fc.integer({ min: 100, max: 999 }).map((status) => answered(status, "body")),
  fc.tuple(fc.constantFrom(...reasons), hostileText).map(([reason, detail]) => unanswered(reason, detail)),
  fc.constant<Outcome>({ kind: "interrupted" }),
  fc.constant(undefined),
);
const request = fc
  .record({
    id: fc.integer({ min: 1 }),
    method: latin1Text,
    target: latin1Text,
    completeness: fc.constantFrom("complete", "truncated", "partial", "malformed"),
    refusal: fc.option(fc.record({ status: fc.constant(400), code: fc.constant("x"), reason: hostileText }), {
      nil: undefined,
    }),
    reply: fc.option(
      fc.record({
        status: fc.constantFrom(0, 502),
        note: fc.oneof(
          fc.constant(undefined),
          hostileText,
          hostileText.map((text) => `fault: ${text}`),
        ),
      }),
      { nil: undefined },
    ),
  })
  .map(sampleRequest);
const attempt: fc.Arbitrary<FeedEntry> = fc
  .record({
    request,
    outcome,
    elsewhere: fc.boolean(),
    durationMs: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined }),
  })
  .map(({ request: of, elsewhere, ...ended }) => {
    const made = sampleAttempt(ended);
    return {
      kind: "attempt",
      seq: 1,
      request: of,
      delivery: sampleDelivery({ attempts: [made] }),
      attempt: made,
      elsewhere,
    };
  });
const entry: fc.Arbitrary<FeedEntry> = fc.oneof(
  attempt,
  request.map((of) => ({ kind: "request" as const, seq: 1, request: of })),
  request.map((of) => {
    const faulted = { ...of, reply: { status: 0, note: "fault: reset" } };
    return { kind: "settled" as const, request: faulted, deliveries: [] };
  }),
  fc.record({
    kind: fc.constant("notice" as const),
    level: fc.constantFrom("warning", "error"),
    code: fc.constant("BUG"),
    text: hostileText,
  }),
);

test("whatever happens, each printed line has the shape that its kind promises, and no field beside it", async () => {
  const recorded = await recordedSurroundings();
  const renderer = new JsonRenderer({ ...recorded.at, clock: stillClock });
  const entries = fc.sample(entry, 500);
  renderer.ready({
    captureUrl: "http://[::1]:4400",
    targets: [],
    storePath: "x",
    stored: 0,
    pid: 1,
    atMs: SAMPLE_TIME_MS,
    faults: { plan: "500x2", per: "event", chance: { share: 0.3, seed: 7 }, match: "" },
  });
  for (const one of entries) renderer.entry(one);
  renderer.summary({
    isEphemeral: false,
    isFaulty: false,
    received: 0,
    delivered: 0,
    failed: 0,
    refused: 0,
    duplicates: 0,
    outOfOrder: 0,
    failedSignatures: 0,
    faulted: 0,
    lostAcks: 0,
    silent: 0,
    storePath: "x",
    atMs: SAMPLE_TIME_MS,
  });
  const lines = (await recorded.out())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly kind: string });
  expect(lines).toHaveLength(entries.length + 2);
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(
    new Set(["ready", "request", "replied", "delivery", "notice", "summary"]),
  );
  expect(lines.map(parsed)).toEqual(lines);
});

test("headers of any bytes have the shape that a detail promises", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(latin1Text, latin1Text)), fc.boolean(), (pairs, isRevealed) => {
      const headers = headersToJson(pairs.flat(), isRevealed ? revealing : usualMask);
      expect(v.parse(jsonShapes.detail.entries.headers, headers)).toHaveLength(pairs.length);
    }),
  );
});

test("every shape says its version and its kind", () => {
  const kinds = Object.entries(jsonShapes).map(([name, shape]) => [name, shape.entries.kind.literal]);
  expect(kinds.filter(([name, kind]) => name !== kind)).toEqual([]);
  expect(Object.values(jsonShapes).filter((shape) => !("v" in shape.entries))).toEqual([]);
});

/** The object as its shape lets it through: a field that the shape does not name is lost. */
function parsed(line: { readonly kind: string }): unknown {
  const shape = Object.values(jsonShapes).find(({ entries }) => entries.kind.literal === line.kind);
  return shape ? v.parse(shape, line) : undefined;
}
