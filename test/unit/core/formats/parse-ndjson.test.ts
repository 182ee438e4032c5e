import { describe, expect, test } from "vitest";
import { parseNdjson, parseNdjsonLine } from "../../../../src/core/formats/parse-ndjson.ts";

test("a line by hand needs a method and a target", () => {
  expect(parseNdjson(Buffer.from('\ufeff{"method":"POST","target":"/"}\r\n\n \n'))).toEqual([
    {
      method: "POST",
      target: "/",
      httpVersion: "1.1",
      headers: [],
      trailers: [],
      body: new Uint8Array(0),
      completeness: "complete",
    },
  ]);
});

test("text beyond bytes becomes UTF-8, in headers and body", () => {
  const line = { method: "POST", target: "/", headers: [["X-A", "→"]], body: "→" };
  expect(parseNdjsonLine(Buffer.from(JSON.stringify(line)), 1)).toMatchObject({
    headers: ["X-A", "\u00e2\u0086\u0092"],
    body: new Uint8Array([0xe2, 0x86, 0x92]),
  });
});

describe("what is wrong is named with its line:", () => {
  const good = { method: "POST", target: "/" };
  test.each([
    ["x", "it is not JSON"],
    ["\u00ff", "it is not UTF-8"],
    ["[]", "it is not an object"],
    ["{}", "method is not text"],
    [JSON.stringify({ ...good, kind: "request" }), 'its kind is "request", and only lines of hookcli export'],
    [JSON.stringify({ ...good, v: 2 }), "its version is 2, and this hookcli reads 1"],
    [JSON.stringify({ ...good, target: "a b" }), 'the target "a b" holds'],
    [JSON.stringify({ ...good, headers: { a: "b" } }), "headers is not a list"],
    [JSON.stringify({ ...good, headers: [["a"]] }), "each of headers must be a name and a value"],
    [JSON.stringify({ ...good, headers: [["a", 1]] }), "each of headers is not text"],
    [JSON.stringify({ ...good, headers: [["a", "b\nc: d"]] }), "the header a holds a line break"],
    [JSON.stringify({ ...good, bodyBase64: "?" }), "bodyBase64 is not base64"],
    [JSON.stringify({ ...good, body: {} }), "body is not text"],
    [
      JSON.stringify({ ...good, completeness: "whole" }),
      "completeness is none of complete, truncated, partial, malformed",
    ],
    [JSON.stringify({ ...good, receivedAt: 1 }), "receivedAt is not a time"],
    [JSON.stringify({ ...good, event: 1 }), "event is not an object"],
    [JSON.stringify({ ...good, event: { attemptNumber: 1.5 } }), "event.attemptNumber is not a whole number"],
    [JSON.stringify({ ...good, event: { verdict: { kind: "good" } } }), "event.verdict.kind is none of verified, "],
    [
      JSON.stringify({ ...good, event: { verdict: { kind: "stale", signedAtMs: 0.5 } } }),
      "event.verdict.signedAtMs is",
    ],
    [JSON.stringify({ ...good, reply: {} }), "reply.status is not a number"],
    [JSON.stringify({ ...good, refusal: { status: 1 } }), "refusal.code is not text"],
  ])("%s", (line, problem) => {
    const file = Buffer.concat([Buffer.from(`${JSON.stringify(good)}\n\n`), Buffer.from(line, "latin1")]);
    expect(() => parseNdjson(file)).toThrow(`cannot import line 3: ${problem}`);
  });
});
