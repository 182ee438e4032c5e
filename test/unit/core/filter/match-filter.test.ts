import { describe, expect, test } from "vitest";
import { type FilterSubject, matchesFilter, matchesOnArrival } from "../../../../src/core/filter/match-filter.ts";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import { bytesBody } from "../../../../src/core/model/body.ts";
import type { Delivery } from "../../../../src/core/model/delivery.ts";
import type { StoredRequest } from "../../../../src/core/model/request.ts";
import {
  answered,
  capturedRequest,
  SAMPLE_TIME_MS,
  sampleAttempt,
  sampleDelivery,
  sampleRequest,
  spooledBody,
  textBody,
  unanswered,
} from "../../../helpers/samples.ts";

const failed = sampleDelivery({ status: "failed", attempts: [sampleAttempt({ outcome: answered(503) })] });
const refused = sampleDelivery({ status: "failed", attempts: [sampleAttempt({ outcome: unanswered("refused", "") })] });
const pending = sampleDelivery({ status: "pending", attempts: [] });
const running = sampleDelivery({
  status: "pending",
  attempts: [
    sampleAttempt({ outcome: answered(500), durationMs: 600.4 }),
    { number: 2, startedAtMs: 0, sentHeaders: [] },
  ],
});

describe("a condition about the delivery", () => {
  test.each<[string, Delivery | undefined, boolean]>([
    ["status:2xx", sampleDelivery(), true],
    ["status:5xx", sampleDelivery(), false],
    ["status:500..503", failed, true],
    ["status:500..502", failed, false],
    ["status:5xx", refused, false],
    ["status:5xx", undefined, false],
    ["-status:5xx", undefined, true],
    ["status:500", running, true],
    ["status:none", refused, true],
    ["status:none", pending, true],
    ["status:none", undefined, true],
    ["status:none", running, false],
    ["is:ok", sampleDelivery(), true],
    ["is:ok", failed, false],
    ["is:failed", failed, true],
    ["is:failed", undefined, false],
    ["is:pending", pending, true],
    ["is:pending", failed, false],
    ["is:replay", sampleDelivery({ cause: "replay" }), true],
    ["is:replay", sampleDelivery(), false],
    ["attempts:1", sampleDelivery(), true],
    ["attempts:>1", running, true],
    ["attempts:<=1", running, false],
    ["attempts:0", undefined, true],
    ["attempts:<1", pending, true],
    ["attempts:>=1", pending, false],
    ["ms:>22", sampleDelivery(), true],
    ["ms:>23", sampleDelivery(), false],
    ["ms:>=23", sampleDelivery(), true],
    ["ms:<24", sampleDelivery(), true],
    ["ms:600", running, true],
    ["ms:601", running, false],
    ["ms:>0", pending, false],
    ["ms:<5", undefined, false],
  ])("%s of %o is %s", (text, delivery, isMatch) => {
    expect(matches(text, { delivery })).toBe(isMatch);
  });
});

describe("a condition about the request", () => {
  test.each<[string, Partial<StoredRequest>, boolean]>([
    ["", {}, true],
    ["method:post", {}, true],
    ["method:post", { method: "post" }, true],
    ["method:get", {}, false],
    ["path:/hooks", {}, true],
    ["path:/hook", {}, false],
    ["path:/Hooks", {}, false],
    ["path:/hooks", { target: "/hooks?a=/b" }, true],
    ["path:/hooks*b", { target: "/hooks?a=/b" }, false],
    ["path:/a/*/c", { target: "/a/b/b/c" }, true],
    ["path:*", { target: "/a/b" }, true],
    ["path:/x", { target: "HTTP://example.test/x?y" }, true],
    ["path:/", { target: "http://example.test" }, true],
    ["path:/x", { target: "://a/x" }, false],
    ["path:/é", { target: "/\u00c3\u00a9" }, true],
    ["path:/a*", { target: "/a\0b" }, false],
    ["type:order.*", { event: { eventType: "order.paid" } }, true],
    ["type:order.*", { event: { eventType: "reorder.paid" } }, false],
    ["type:*.paid", { event: { eventType: "order.paid" } }, true],
    ["type:a*a", { event: { eventType: "a" } }, false],
    ["type:*", {}, false],
    ["-type:*", {}, true],
    ["event:evt_1", { event: { eventId: "evt_1" } }, true],
    ["event:evt", { event: { eventId: "evt_1" } }, false],
    ["event:evt", {}, false],
    ["id:42", {}, true],
    ["id:43..50", {}, false],
    ["since:10s", { receivedAtMs: SAMPLE_TIME_MS - 10_000 }, true],
    ["since:10s", { receivedAtMs: SAMPLE_TIME_MS - 10_001 }, false],
    ["since:2026-03-04T05:06:07.089Z", {}, true],
    ["since:2026-03-04T05:06:07.090Z", {}, false],
    ["header:content-type", {}, true],
    ["header:content-typ", {}, false],
    ["header:content-type=JSON", {}, true],
    ["header:content-type=4400", {}, false],
    ["header:x=b", { headers: ["X", "a", "x", "B"] }, true],
    ["header:x=é", { headers: ["X", "\u00c3\u00a9"] }, true],
    ["is:refused", { refusal: { status: 400, code: "", reason: "" } }, true],
    ["is:refused", {}, false],
    ["is:malformed", { completeness: "malformed" }, true],
    ["is:malformed", { completeness: "partial" }, false],
    ["is:edited", { parentId: 3 }, true],
    ["is:edited", {}, false],
    ["is:faulted", { reply: { status: 0, note: "fault: reset" } }, true],
    ["is:faulted", { reply: { status: 502, note: "refused" } }, false],
    ["is:faulted", {}, false],
    ["HOOKS", {}, true],
    ["y=1", { target: "/?Y=1" }, true],
    ["paid", { event: { eventType: "order.Paid" } }, true],
    ['"type: application/JSON"', {}, true],
    ['"\\"hi\\":1"', {}, true],
    ["hi2", {}, false],
    ["é", { body: textBody("caf\u00e9") }, true],
    ["é", { body: bytesBody(Uint8Array.of(0xe9)) }, false],
    ["-needle", {}, true],
  ])("%s of %o is %s", (text, changes, isMatch) => {
    expect(matches(text, { request: sampleRequest(changes) })).toBe(isMatch);
  });
});

test("all terms must hold", () => {
  expect(matches("hooks method:post id:42", {})).toBe(true);
  expect(matches("hooks method:get id:42", {})).toBe(false);
});

test("a spooled body holds what its searcher says, and nothing where nobody searched", () => {
  const request = sampleRequest({ body: spooledBody("needle") });
  expect(matches("needle", { request })).toBe(false);
  expect(matches("-needle", { request })).toBe(true);
  expect(matches("needle", { request, spooledHolds: (text) => text === "needle" })).toBe(true);
  expect(matches("hay", { request, spooledHolds: (text) => text === "needle" })).toBe(false);
});

function matches(text: string, changes: Partial<FilterSubject>): boolean {
  const subject = { request: sampleRequest(), delivery: undefined, nowMs: SAMPLE_TIME_MS, ...changes };
  return matchesFilter(parseFilter(text), subject);
}

test.each([
  ["", true],
  ["type:order.*", true],
  ["method:post", true],
  ["-type:order.*", false],
  ["since:1s", true],
  ["id:1..5", false],
])("%s lets a request that arrives through: %s", (text, isThrough) => {
  const request = capturedRequest();
  const event = { eventType: "order.paid" };
  expect(matchesOnArrival(parseFilter(text), request, event, request.receivedAtMs)).toBe(isThrough);
});
