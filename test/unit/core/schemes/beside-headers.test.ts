import { expect, test } from "vitest";
import { besideHeaders } from "../../../../src/core/schemes/beside-headers.ts";
import type { Scheme } from "../../../../src/core/schemes/scheme.ts";

const scheme: Scheme = {
  name: "shop",
  title: "Shop",
  source: "https://example.com/",
  trust: "reference",
  signature: { kind: "none" },
  eventType: "h:x-type",
};

function sent(changes: Partial<Scheme>, attemptNumber = 1): readonly string[] {
  let count = 0;
  const uuid = (): string => `uuid-${(count += 1)}`;
  const stamp = { nowMs: 1_700_000_000_999, eventId: "evt_é", eventType: "issue.opened", attemptNumber, uuid };
  return besideHeaders({ ...scheme, ...changes }, stamp);
}

test("fills what a provider sends, in its order", () => {
  const headers = { "X-Id": "{id}", "X-Type": "{type}", "X-Now": "{now}", "X-At": "{seconds}/{ms}", Version: "1" };
  const text = Buffer.from("evt_é").toString("latin1");
  const sentPairs = ["X-Id", text, "X-Type", "issue.opened", "X-Now", "2023-11-14T22:13:20.999Z"];
  expect(sent({ headers })).toEqual(sentPairs.concat("X-At", "1700000000/1700000000999", "Version", "1"));
});

test("draws a fresh {uuid} for each header", () => {
  expect(sent({ headers: { A: "{uuid}", B: "x", C: "{uuid}" } })).toEqual(["A", "uuid-1", "B", "x", "C", "uuid-2"]);
});

test("counts attempts as the provider does", () => {
  const headers = { "X-Attempt": "{attempt}" };
  expect(sent({ headers }, 3)).toEqual(["X-Attempt", "3"]);
  expect(sent({ headers, attemptsFrom: 0 }, 3)).toEqual(["X-Attempt", "2"]);
});

test("takes the first part of a type that has another one in the body", () => {
  expect(sent({ headers: { "X-Type": "{type}" }, eventType: "h:x-type+b:action" })).toEqual(["X-Type", "issue"]);
});

test("sends nothing where the provider does not", () => {
  expect(sent({})).toEqual([]);
});
