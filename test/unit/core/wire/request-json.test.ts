import { revealing, usualMask } from "../../../../src/core/model/mask.ts";
import { expect, test } from "vitest";
import { deliveryToJson, headersToJson, isoTime, requestToJson } from "../../../../src/core/wire/request-json.ts";
import { MASK } from "../../../../src/core/model/redact.ts";
import {
  answered,
  SAMPLE_TIME_MS,
  sampleAttempt,
  sampleDelivery,
  sampleRequest,
  unanswered,
} from "../../../helpers/samples.ts";

test("a request is shown with every field, absent ones as null", () => {
  expect(requestToJson(sampleRequest())).toEqual({
    id: 42,
    receivedAt: "2026-03-04T05:06:07.089Z",
    method: "POST",
    target: "/hooks",
    eventId: null,
    eventType: null,
    provider: null,
    scheme: null,
    attemptNumber: null,
    occurrence: null,
    occurredAt: null,
    objectId: null,
    overtakenBy: null,
    verdict: null,
    parentId: null,
    httpVersion: "1.1",
    remoteAddress: "127.0.0.1:51234",
    size: 8,
    completeness: "complete",
    refusal: null,
    reply: null,
  });
});

test("what the sender was told names the fault that decided it, and nothing sent is no status", () => {
  const replyOf = (status: number, note?: string): unknown =>
    requestToJson(sampleRequest({ reply: { status, note } })).reply;
  expect(replyOf(200)).toEqual({ status: 200, note: null, fault: null });
  expect(replyOf(502, "refused")).toEqual({ status: 502, note: "refused", fault: null });
  expect(replyOf(0, "fault: after:reset (1 of 2)")).toEqual({
    status: null,
    note: "fault: after:reset (1 of 2)",
    fault: "after:reset",
  });
  expect(replyOf(302, "fault: redirect:/?token=abc")).toMatchObject({ fault: `redirect:/?token=${MASK}` });
});

test("a request that comes without its body has the size it is given", () => {
  expect(requestToJson(sampleRequest(), 12_345).size).toBe(12_345);
});

test("event and parent are shown where they are known, credentials in them masked", () => {
  const request = sampleRequest({ event: { eventId: "evt_1", eventType: "order.completed" }, parentId: 7 });
  expect(requestToJson(request)).toMatchObject({ eventId: "evt_1", eventType: "order.completed", parentId: 7 });
  const careless = sampleRequest({ event: { eventId: "sk_live_0123456789", eventType: "4242424242424242" } });
  expect(requestToJson(careless)).toMatchObject({ eventId: MASK, eventType: MASK });
  expect(requestToJson(careless, 0, revealing)).toMatchObject({ eventId: "sk_live_0123456789" });
});

test("what was found about its sender and its signature is shown", () => {
  const verdict = { kind: "stale", signedAtMs: SAMPLE_TIME_MS, secretName: "--secret" } as const;
  const event = { provider: "slack", scheme: "slack", attemptNumber: 2, verdict };
  expect(requestToJson(sampleRequest({ event, occurrence: 3 }))).toMatchObject({
    provider: "slack",
    scheme: "slack",
    attemptNumber: 2,
    occurrence: 3,
    verdict: { kind: "stale", signedAt: "2026-03-04T05:06:07.089Z", secret: "--secret" },
  });
});

test("a signed time that no date can hold is none", () => {
  const at = (signedAtMs: number) =>
    requestToJson(sampleRequest({ event: { verdict: { kind: "stale", signedAtMs } } })).verdict?.signedAt;
  expect([at(8.64e15), at(8.64e15 + 1), at(999_999_999_999_999_000)]).toEqual([
    "+275760-09-13T00:00:00.000Z",
    null,
    null,
  ]);
});

test("refusal and reply are shown where there are any", () => {
  const refusal = { status: 413, code: "body-too-large", reason: "too large" };
  const shown = requestToJson(sampleRequest({ refusal, reply: { status: 413, note: "body-too-large" } }));
  expect(shown.refusal).toEqual(refusal);
  expect(shown.reply).toEqual({ status: 413, note: "body-too-large", fault: null });
  expect(requestToJson(sampleRequest({ reply: { status: 200 } })).reply).toEqual({
    status: 200,
    note: null,
    fault: null,
  });
});

test("credentials in the query are masked unless they are to be revealed", () => {
  const request = sampleRequest({ target: "/?token=abc" });
  const delivery = sampleDelivery({ url: "http://localhost:8000/?token=abc" });
  expect(requestToJson(request).target).toBe(`/?token=${MASK}`);
  expect(requestToJson(request, 0, revealing).target).toBe("/?token=abc");
  expect(deliveryToJson(delivery).url).toBe(`http://localhost:8000/?token=${MASK}`);
  expect(deliveryToJson(delivery, revealing).url).toBe("http://localhost:8000/?token=abc");
});

test("a delivery is shown with its attempts, a running one with nulls", () => {
  const running = sampleAttempt({ number: 3, durationMs: undefined, outcome: undefined });
  const refused = sampleAttempt({ number: 2, durationMs: 0.123456, outcome: unanswered("refused", "127.0.0.1:8000") });
  const shown = deliveryToJson(
    sampleDelivery({ attempts: [sampleAttempt({ outcome: answered(500, "oops") }), refused, running] }),
  );
  expect(shown).toMatchObject({ id: "d17", requestId: 42, cause: "forward", status: "delivered" });
  expect(shown.attempts).toEqual([
    {
      number: 1,
      startedAt: isoTime(SAMPLE_TIME_MS),
      durationMs: 23,
      outcome: { kind: "response", status: 500, size: 4 },
    },
    {
      number: 2,
      startedAt: isoTime(SAMPLE_TIME_MS),
      durationMs: 0.123,
      outcome: { kind: "no-response", reason: "refused", detail: "127.0.0.1:8000" },
    },
    { number: 3, startedAt: isoTime(SAMPLE_TIME_MS), durationMs: null, outcome: null },
  ]);
});

test("headers are pairs in wire order with repeats, masked unless they are to be revealed", () => {
  const pairs = ["B", "1", "a", "2", "B", "3", "Cookie", "c"];
  const shown = [
    ["B", "1"],
    ["a", "2"],
    ["B", "3"],
  ];
  expect(headersToJson(pairs, usualMask)).toEqual([...shown, ["Cookie", MASK]]);
  expect(headersToJson(pairs, revealing)).toEqual([...shown, ["Cookie", "c"]]);
});
