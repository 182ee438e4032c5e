import { describe, expect, test } from "vitest";
import {
  findingPiece,
  gapText,
  rangeText,
  standingText,
  toldPiece,
} from "../../../../../src/cli/commands/retries/retry-words.ts";
import type { Comparison, JudgedAttempt } from "../../../../../src/core/schedules/comparison.ts";

const NOON = new Date(2026, 2, 4, 12, 0, 0).getTime();
const MINUTE = 60_000;

function comparison(changes: Partial<Comparison>, ...attempts: readonly Partial<JudgedAttempt>[]): Comparison {
  const judged = attempts.map((one, at): JudgedAttempt => ({ number: at + 1, finding: "on-time", ...one }));
  return { attempts: judged, missing: [], end: "open", ...changes };
}

function textOf(piece: ReturnType<typeof findingPiece>): string {
  return typeof piece === "string" ? piece : piece.text;
}

test.each([
  [{ finding: "first" }, "first"],
  [{ finding: "on-time" }, "on time"],
  [{ finding: "early" }, "early"],
  [{ finding: "late" }, "late"],
  [{ finding: "extra", extra: "accepted" }, "extra: one before was accepted"],
  [{ finding: "unknown" }, ""],
] as const)("%j is told in words", (attempt, text) => {
  expect(textOf(findingPiece({ number: 1, ...attempt }))).toBe(text);
});

test("what the sender was told is a status, nothing, or not known", () => {
  const pairs = [
    [{ status: 200 }, 200],
    [{ status: 200, note: "sender-gone" }, 0],
    [{ status: 0 }, 0],
    [undefined, undefined],
  ] as const;
  const words = pairs.map(([told, heardStatus]) => textOf(toldPiece({ told, heardStatus })));
  expect(words).toEqual(["200", "200 unheard", "nothing", ""]);
});

test("the first has no gap", () => {
  expect([gapText({ number: 1, finding: "first" }), gapText({ number: 2, finding: "late", gapMs: 65_000 })]).toEqual([
    "",
    "+1 min 5 s",
  ]);
});

describe("standingText", () => {
  const say = (found: Comparison) => standingText(found, NOON, true);

  test("says what is next and when", () => {
    const next = { number: 4, fromMs: NOON + 32 * MINUTE, toMs: NOON + 41 * MINUTE };
    expect(say(comparison({ most: 8, next }, {}, {}, {}))).toBe("3 of 8 seen, next expected 12:32–12:41");
  });

  test("counts what went wrong", () => {
    const found = comparison(
      { most: 8, missing: [4, 5, 6], end: "used-up" },
      {},
      { finding: "late" },
      { finding: "extra", extra: "accepted" },
    );
    expect(say(found)).toBe("2 of 8 seen, 1 extra, 3 missing (4 to 6), 1 late, no more are expected");
    const scattered = comparison({ missing: [1, 2, 4, 6, 7, 8, 10], most: 11, end: "used-up" });
    expect(say(scattered)).toContain("7 missing (1, 2, 4, 6 to 8, 10)");
  });

  test("says on which attempt it was accepted", () => {
    const found = comparison({ end: "accepted", most: 3, missing: [1] }, { number: 2 }, { number: 3 });
    expect(say(found)).toBe("2 of 3 seen, 1 missing (1), accepted on attempt 3");
  });

  test("says when the last one comes where only that is known", () => {
    expect(say(comparison({ most: 9, lastByMs: NOON + 60 * MINUTE }, {}))).toBe("1 of 9 seen, the last one by 13:00");
    expect(say(comparison({ end: "unknown" }, {}))).toBe("1 seen");
    expect(say(comparison({ end: "stopped" }, {}))).toBe("1 seen, the answer ended it");
  });
});

test("a window has its seconds where it is short, and its date where it is not today", () => {
  expect(rangeText(NOON, NOON + 10_000, NOON, false)).toBe("12:00:00-12:00:10");
  const tomorrow = NOON + 24 * 60 * MINUTE;
  expect(rangeText(tomorrow, tomorrow + 60 * MINUTE, NOON, true)).toBe("03-05 12:00–13:00");
  expect(rangeText(NOON, tomorrow, NOON, true)).toBe("12:00–03-05 12:00");
});
