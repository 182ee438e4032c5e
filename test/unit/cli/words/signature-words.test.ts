import { expect, test } from "vitest";
import {
  duplicateText,
  nthText,
  signedAgeText,
  verdictCell,
  verdictPiece,
} from "../../../../src/cli/words/signature-words.ts";
import { VERDICTS } from "../../../../src/core/model/verdict.ts";
import { sampleRequest } from "../../../helpers/samples.ts";

test("each verdict has its words, in colours that say what they say", () => {
  expect(VERDICTS.map((kind) => [kind, verdictCell({ kind })])).toEqual([
    ["verified", { text: "ok", style: "good" }],
    ["stale", { text: "stale", style: "bad" }],
    ["future", { text: "future", style: "bad" }],
    ["mismatch", { text: "mismatch", style: "bad" }],
    ["missing-header", { text: "missing", style: "bad" }],
    ["malformed-header", { text: "malformed", style: "bad" }],
    ["unsigned", { text: "", style: "dim" }],
    ["no-secret", { text: "no secret", style: "dim" }],
    ["unjudged", { text: "", style: "dim" }],
  ]);
  expect(verdictCell(undefined)).toBe("");
});

test("a line of the log says it where there is something to say, also without Unicode", () => {
  const said = (kind: (typeof VERDICTS)[number], isUnicode: boolean) => {
    const piece = verdictPiece({ kind }, isUnicode);
    return typeof piece === "object" ? piece.text : piece;
  };
  expect(VERDICTS.map((kind) => said(kind, true))).toEqual([
    "signed ✓",
    "signature ✗ stale",
    "signature ✗ future",
    "signature ✗ mismatch",
    "signature ✗ missing",
    "signature ✗ malformed",
    undefined,
    "no secret",
    undefined,
  ]);
  expect([said("verified", false), said("stale", false)]).toEqual(["signed ok", "signature BAD stale"]);
  expect(verdictPiece(undefined, true)).toBeUndefined();
});

test.each([
  [1, "1st"],
  [2, "2nd"],
  [3, "3rd"],
  [4, "4th"],
  [10, "10th"],
  [11, "11th"],
  [12, "12th"],
  [13, "13th"],
  [21, "21st"],
  [111, "111th"],
  [122, "122nd"],
])("%i is the %s", (number, text) => {
  expect(nthText(number)).toBe(text);
});

test("a duplicate and a later attempt are told, a first one is not", () => {
  const told = (occurrence: number | undefined, attemptNumber: number | undefined) =>
    duplicateText(sampleRequest({ occurrence, event: { attemptNumber } }), "evt_1");
  expect([told(undefined, undefined), told(1, 1)]).toEqual([undefined, undefined]);
  expect([told(2, 1), told(1, 2), told(3, 3)]).toEqual(["2nd of evt_1", "attempt 2", "3rd of evt_1, attempt 3"]);
  expect(duplicateText(sampleRequest({ overtakenBy: 7 }), "evt_1")).toBe("older than #7");
});

test("a signature's age counts to the arrival; whole seconds lie up to one ahead", () => {
  expect(signedAgeText(1000, 5000)).toBe("4.0 s old");
  expect(signedAgeText(1000, 500)).toBe("<1 ms old");
  expect(signedAgeText(121_000, 1000)).toBe("2 min ahead of its arrival");
});
