import fc from "fast-check";
import { expect, test } from "vitest";
import { NDJSON_MARK, ndjson } from "../../../../src/core/formats/ndjson.ts";
import { parseNdjson } from "../../../../src/core/formats/parse-ndjson.ts";
import { VERDICTS } from "../../../../src/core/model/verdict.ts";
import { anyExported, exportedRequest, written } from "../../../helpers/exported.ts";
import { hostileText } from "../../../helpers/hostile-text.ts";

test("a request is one line with all that was captured", () => {
  const verdict = { kind: "verified", signedAtMs: 1000, secretName: "--secret" } as const;
  const event = { eventType: "order.completed", provider: "stripe", scheme: "stripe", verdict };
  const text = written(ndjson, exportedRequest({ event, reply: { status: 200 }, parentId: 7 })).toString();
  expect(text.split("\n")).toHaveLength(2);
  expect(JSON.parse(text)).toEqual({
    ...NDJSON_MARK,
    id: 42,
    receivedAt: "2026-03-04T05:06:07.089Z",
    receiveDurationMs: 1.5,
    method: "POST",
    target: "/hooks",
    url: "http://localhost:8000/hooks",
    httpVersion: "1.1",
    headers: [
      ["Host", "localhost:4400"],
      ["Content-Type", "application/json"],
    ],
    trailers: [],
    body: '{"hi":1}',
    remoteAddress: "127.0.0.1:51234",
    origin: "capture",
    completeness: "complete",
    parentId: 7,
    event: {
      id: null,
      type: "order.completed",
      provider: "stripe",
      scheme: "stripe",
      attemptNumber: null,
      verdict: { kind: "verified", signedAtMs: 1000, secret: "--secret" },
    },
    refusal: null,
    reply: { status: 200, note: null },
  });
});

test("bytes that are no text are base64", () => {
  expect(JSON.parse(written(ndjson, exportedRequest({ body: Buffer.from([255]) })).toString())).toMatchObject({
    bodyBase64: "/w==",
  });
});

test("every request can be written, and is read again with nothing lost", () => {
  const facts = fc.record({
    completeness: fc.constantFrom("complete", "truncated", "partial", "malformed"),
    receivedAtMs: fc.integer({ min: 0, max: 4e12 }),
    receiveDurationMs: fc.double({ min: 0, max: 1e6, noNaN: true }).map(Math.abs),
    event: fc.record({
      eventId: fc.option(hostileText, { nil: undefined }),
      eventType: fc.constant("push"),
      provider: fc.option(hostileText, { nil: undefined }),
      scheme: fc.constant(undefined),
      attemptNumber: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
      verdict: fc.option(
        fc.record({
          kind: fc.constantFrom(...VERDICTS),
          signedAtMs: fc.option(fc.nat(), { nil: undefined }),
          secretName: fc.option(hostileText, { nil: undefined }),
        }),
        { nil: undefined },
      ),
    }),
    refusal: fc.option(fc.record({ status: fc.constant(400), code: hostileText, reason: hostileText }), {
      nil: undefined,
    }),
    reply: fc.option(fc.record({ status: fc.constant(502), note: hostileText }), { nil: undefined }),
    trailers: fc.constantFrom([], ["X-Sum", "\u00ff"]),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(anyExported, facts), { maxLength: 4 }), (pairs) => {
      const requests = pairs.map(([request, fact]) => exportedRequest({ ...request, ...fact }));
      expect(requests.map(ndjson.obstacle).every((obstacle) => obstacle === undefined)).toBe(true);
      const expected = requests.map(({ id, sessionId, origin, url, body, headers, ...kept }) => {
        expect([id, sessionId, origin, url]).toBeDefined();
        return { ...kept, headers: [...headers], body: new Uint8Array(body) };
      });
      expect(parseNdjson(written(ndjson, ...requests))).toEqual(expected);
    }),
  );
});

test("a malformed record without method and target survives", () => {
  const request = exportedRequest({ method: "", target: "", httpVersion: "", headers: [], completeness: "malformed" });
  expect(parseNdjson(written(ndjson, request))[0]).toMatchObject({ method: "", target: "", httpVersion: "" });
});
