import { describe, expect, test } from "vitest";
import {
  type Comparison,
  countOf,
  endedBy,
  type Expected,
  type Finding,
  isAsExpected,
} from "../../../../src/core/schedules/comparison.ts";

function comparison(missing: readonly number[], ...findings: readonly Finding[]): Comparison {
  return { attempts: findings.map((finding, at) => ({ number: at + 1, finding })), missing, end: "open" };
}

test("counts findings", () => {
  expect(countOf(comparison([], "first", "late", "late"), "late")).toBe(2);
});

test.each([
  [comparison([], "first", "on-time", "unknown"), true],
  [comparison([2], "first", "on-time"), false],
  [comparison([], "first", "early"), false],
  [comparison([], "first", "late"), false],
  [comparison([], "first", "extra"), false],
])("only what comes in its time is as expected (%#)", (found, isIt) => {
  expect(isAsExpected(found)).toBe(isIt);
});

describe("endedBy", () => {
  const none: Expected = { retries: { kind: "unpublished", why: "" }, stopsOn: [[410, 410]], timeoutMs: 3000 };

  test.each([
    ["a 200", { toldStatus: 200 }, "accepted"],
    ["a 200 that came when the sender had given up", { toldStatus: 200, toldAfterMs: 3001 }, undefined],
    ["a 410", { toldStatus: 410 }, "stopped"],
    ["an answer that asks for no more", { toldStatus: 500, isStopped: true }, "stopped"],
    ["a 500", { toldStatus: 500 }, undefined],
    ["nothing", { toldStatus: 0 }, undefined],
    ["what is not known", {}, undefined],
  ])("%s ends it or not", (_, told, end) => {
    expect(endedBy([{ atMs: 0, ...told }], none)).toBe(end);
  });

  test("an answer that is still under way has ended nothing", () => {
    const seen = [{ atMs: 0, toldStatus: 200, toldAfterMs: 2000 }];
    expect([endedBy(seen, none, 1999), endedBy(seen, none, 2000)]).toEqual([undefined, "accepted"]);
  });
});
