import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printFault } from "../../../../src/core/faults/plan.ts";
import {
  type FaultNote,
  faultOf,
  isAfterHandler,
  isLostAck,
  printFaultNote,
  reachesHandler,
  readFaultNote,
} from "../../../../src/core/model/fault-note.ts";
import { anyPlan } from "../../../helpers/fault-plans.ts";

const written = anyPlan.map(([step]) => (step ? printFault(step) : ""));
const note: fc.Arbitrary<FaultNote> = fc.record({
  written,
  count: fc.option(fc.record({ time: fc.nat(), times: fc.nat() }), { nil: undefined }),
  isSenderGone: fc.boolean(),
});

test("a note that was printed is read as the same, whatever stands in the plan", () => {
  fc.assert(
    fc.property(note, (one) => {
      expect(readFaultNote(printFaultNote(one))).toEqual(one);
    }),
  );
});

test("what a person quoted is no count and no sender that left", () => {
  const one = { written: '500:body="a (1 of 2), sender-gone"', count: undefined, isSenderGone: false };
  expect(readFaultNote(printFaultNote(one))).toEqual(one);
});

test("a note reads as a sentence", () => {
  const lost = { written: "after:reset", count: { time: 1, times: 2 }, isSenderGone: false };
  expect(printFaultNote(lost)).toBe("fault: after:reset (1 of 2)");
  expect(printFaultNote({ written: "delay:12s", isSenderGone: true })).toBe("fault: delay:12s, sender-gone");
});

test.each([undefined, "refused", "sender-gone", "handshake: slack", "default: reset"])(
  "%s is about something else",
  (text) => {
    expect(readFaultNote(text)).toBeUndefined();
  },
);

test("it is told whether the handler was asked first, and which fault it was", () => {
  const notes = ["after:reset", "reset"].map((text) => ({ written: text, isSenderGone: false }));
  expect(notes.map(isAfterHandler)).toEqual([true, false]);
  expect(notes.map(faultOf)).toEqual(["reset", "reset"]);
});

test("a handler gets what a fault holds back or comes after, and nothing else", () => {
  const reaches = (written: string): boolean => reachesHandler({ written, isSenderGone: false });
  expect(["after:500", "delay:12s", "after:delay:12s", "500", "reset"].map(reaches)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

describe("a lost acknowledgement", () => {
  test.each([
    ["a reset in place of the handler's 200", 0, "fault: after:reset", true, true],
    ["a 500 in its place", 500, "fault: after:500 (1 of 2)", true, true],
    ["a 200 that breaks off", 200, "fault: after:truncate:3", true, true],
    ["a 200 that came when the sender had left", 200, "fault: after:delay:12s, sender-gone", true, true],
    ["a 200 that came late", 200, "fault: after:delay:12s", true, false],
    [
      "a 200 of a handler that was asked late, when the sender had left",
      200,
      "fault: delay:12s, sender-gone",
      true,
      true,
    ],
    ["one that the sender has waited for", 200, "fault: delay:12s", true, false],
    ["another success", 200, "fault: after:empty", true, false],
    ["a handler that failed anyway", 0, "fault: after:reset", false, false],
    ["a handler that was never asked", 0, "fault: reset", true, false],
    ["a sender that left by itself", 200, "sender-gone", true, false],
    ["a handler's own answer", 200, undefined, true, false],
  ])("%s: status %i, note %s, handled %s: lost is %s", (_, status, note, isHandled, isLost) => {
    expect(isLostAck({ status, note }, isHandled)).toBe(isLost);
  });

  test("where nothing was sent yet nothing is lost", () => {
    expect(isLostAck(undefined, true)).toBe(false);
  });
});
