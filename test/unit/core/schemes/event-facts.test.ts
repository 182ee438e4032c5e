import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesBody } from "../../../../src/core/model/body.ts";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { readEventFacts, readOccurredAtMs } from "../../../../src/core/schemes/event-facts.ts";
import { capturedRequest, spooledBody, textBody } from "../../../helpers/samples.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";

describe("the facts of an event are read", () => {
  test("from headers, in any letter case and whatever stands in the body", () => {
    const headers = ["Host", "a", "X-Event-ID", "evt_1", "x-EVENT-type", "order.completed"];
    const body = textBody('{"id":"other","type":"other"}');
    expect(readEventFacts(capturedRequest({ headers, body }))).toEqual({
      eventId: "evt_1",
      eventType: "order.completed",
    });
  });

  test.each([
    ['{"id":"evt_1","type":"order.completed","data":{}}', "evt_1", "order.completed"],
    ['{"event":"order.completed","data":{},"timestamp":1}', undefined, "order.completed"],
    ['  {"event_type":"order.completed","event_id":7}', "7", "order.completed"],
    ['{"id":{"not":"text"},"type":["no"],"topic":"orders/paid"}', undefined, "orders/paid"],
    ['{"id":"","type":""}', undefined, undefined],
    [`{"id":"${"x".repeat(201)}"}`, undefined, undefined],
    ['[{"id":"evt_1"}]', undefined, undefined],
    ['{"__proto__":{"id":"evt_1"}}', undefined, undefined],
    ["not JSON", undefined, undefined],
    ["", undefined, undefined],
  ])("from the top of a JSON body: %s", (text, eventId, eventType) => {
    expect(readEventFacts(capturedRequest({ body: textBody(text) }))).toEqual({ eventId, eventType });
  });

  test("from both, where each knows one of them", () => {
    const headers = ["X-Webhook-Event", "push"];
    const facts = readEventFacts(capturedRequest({ headers, body: textBody('{"id":"a1","type":"no"}') }));
    expect(facts).toEqual({ eventId: "a1", eventType: "push" });
  });

  test("from no body that lies in a file", () => {
    expect(readEventFacts(capturedRequest({ body: spooledBody('{"id":"a1"}') }))).toEqual({});
  });

  test("without ever failing, whatever arrives", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.array(fc.string()), (bytes, headers) => {
        const facts = readEventFacts(capturedRequest({ headers, body: bytesBody(Buffer.from(bytes)) }));
        expect(facts.verdict).toBeUndefined();
      }),
    );
  });

  test("from the places of the sender's scheme, and no others", () => {
    const headers = ["X-GitHub-Event", "push", "X-Event-ID", "no"];
    const facts = readEventFacts(capturedRequest({ headers, body: textBody('{"id":"a1","type":"no"}') }));
    expect(facts).toMatchObject({ provider: "github", scheme: "github", eventType: "push", eventId: undefined });
  });

  test("from a person's own scheme, which goes before all that are built in", () => {
    const own = {
      ...(findScheme("generic-ecomm") ?? expect.fail()),
      name: "shop",
      eventId: "b:order.no",
      eventType: "h:x-kind",
    };
    const headers = ["X-Ecomm-Signature", "sha256=00", "X-Kind", "paid"];
    const request = capturedRequest({ headers, body: textBody('{"id":"no","order":{"no":7}}') });
    expect(readEventFacts(request, [own])).toEqual({
      provider: "shop",
      scheme: "shop",
      eventId: "7",
      eventType: "paid",
      attemptNumber: undefined,
    });
  });
});

describe("the number of an attempt counts from 1", () => {
  test.each([
    ["slack", "x-slack-signature", ["X-Slack-Retry-Num", "2"], "{}", 3],
    ["slack, a first one", "x-slack-signature", [], "{}", undefined],
    ["bitbucket", "x-event-key", ["X-Attempt-Number", "2"], "{}", 2],
    ["hubspot", "x-hubspot-signature-v3", [], '[{"attemptNumber":0}]', 1],
    ["bitbucket, nonsense", "x-event-key", ["X-Attempt-Number", "-1"], "{}", undefined],
    ["bitbucket, more nonsense", "x-event-key", ["X-Attempt-Number", "0"], "{}", undefined],
    ["bitbucket, a huge one", "x-event-key", ["X-Attempt-Number", "99999999"], "{}", undefined],
    ["a sender whose scheme names no place", "stripe-signature", ["X-Attempt-Number", "2"], "{}", undefined],
  ])("%s", (_, mark, headers, body, attemptNumber) => {
    const request = capturedRequest({ headers: [mark, "x", ...headers], body: textBody(body) });
    expect(readEventFacts(request).attemptNumber).toBe(attemptNumber);
  });
});

describe("when something happened", () => {
  test.each([
    [1_700_000_000, 1_700_000_000_000],
    ["1700000000", 1_700_000_000_000],
    [1_700_000_000_123, 1_700_000_000_123],
    ["2023-11-14T22:13:20Z", 1_700_000_000_000],
    ["2023-11-14T22:13:20.037339943Z", 1_700_000_000_037],
    ["2023-11-14T23:13:20+01:00", 1_700_000_000_000],
  ])("%j is a time", (value, atMs) => {
    expect(timeIn(value)).toBe(atMs);
  });

  test.each([undefined, "", "yesterday", 12, "2023-11-14", "2023-11-14T22:13:20", "2023-99-99T00:00:00Z", 1.5, {}])(
    "%j says nothing that could be compared",
    (value) => {
      expect(timeIn(value)).toBeUndefined();
    },
  );
});

function timeIn(value: unknown): number | undefined {
  const body = textBody(JSON.stringify({ at: value }));
  return readOccurredAtMs(new MessageView(capturedRequest({ body })), "b:at");
}
