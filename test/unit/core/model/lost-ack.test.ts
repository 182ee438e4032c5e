import { expect, test } from "vitest";
import { isLostAck } from "../../../../src/core/model/lost-ack.ts";

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
