import { expect, test } from "vitest";
import { FILTER_STATES, isKnownOnArrival, term } from "../../../../src/core/filter/filter.ts";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";

test.each([
  "method:post",
  "path:/*",
  "type:*",
  "event:1",
  "provider:stripe",
  "sig:failed",
  "id:1",
  "since:5m",
  "since:2026-03-04",
  "header:x",
  "text",
  "is:refused",
  "is:malformed",
  "is:edited",
])("%s is known when a request arrives", (text) => {
  expect(parseFilter(text).map(({ condition }) => isKnownOnArrival(condition))).toEqual([true]);
});

test.each([
  "status:200",
  "status:none",
  "is:ok",
  "is:failed",
  "is:pending",
  "is:replay",
  "is:faulted",
  "is:duplicate",
  "attempts:1",
  "ms:>1",
])("%s is not", (text) => {
  expect(parseFilter(text).map(({ condition }) => isKnownOnArrival(condition))).toEqual([false]);
});

test("every state can be written", () => {
  expect(FILTER_STATES.map((state) => parseFilter(`is:${state}`)[0]?.condition)).toEqual(
    FILTER_STATES.map((state) => ({ kind: "state", state })),
  );
});

test("a term that no text holds asks for the same as one that was parsed", () => {
  for (const [made, text] of [
    [term({ kind: "state", state: "duplicate" }), "is:duplicate"],
    [term({ kind: "provider", glob: "stripe" }, true), "-provider:stripe"],
  ] as const) {
    const [parsed] = parseFilter(text);
    expect(made).toEqual({ ...parsed, from: 0, to: 0 });
  }
});
