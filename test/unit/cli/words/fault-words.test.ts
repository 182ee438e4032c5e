import { expect, test } from "vitest";
import {
  faultCountText,
  keptBackText,
  planText,
  shareText,
  toldByFault,
} from "../../../../src/cli/words/fault-words.ts";
import { MASK } from "../../../../src/core/model/redact.ts";

test.each([
  [0, "fault: after:reset (1 of 2)", true, "reset: lost ack 1 of 2"],
  [0, "fault: after:reset (1 of 2)", false, "reset: fault 1 of 2"],
  [0, "fault: timeout:20s", false, "timeout 20s: fault"],
  [500, "fault: 500 (1,000 of 2,000)", false, "500: fault"],
  [429, "fault: 429:retry-after=3 (1000 of 2000)", false, "429: fault 1,000 of 2,000"],
  [302, "fault: redirect:/elsewhere", false, "302, redirect /elsewhere: fault"],
  [200, "fault: after:delay:12s, sender-gone", true, "200, delay 12s: lost ack, sender gone"],
  [201, "fault: delay:12s", true, "201, delay 12s: fault"],
  [0, "fault: close", false, "close: fault"],
])("status %i with the note %s (handled: %s) reads %s", (status, note, isHandled, text) => {
  expect(toldByFault({ status, note }, isHandled)).toBe(text);
});

test("where no fault came between there is nothing to tell", () => {
  expect(toldByFault({ status: 200, note: "sender-gone" }, true)).toBeUndefined();
  expect(toldByFault(undefined, true)).toBeUndefined();
});

test("what is long is cut, and what looks like a credential is masked", () => {
  const long = toldByFault({ status: 302, note: `fault: redirect:/${"a".repeat(100)}` }, false);
  expect(long).toMatch(/^302, redirect \/a{29}…: fault$/);
  expect(toldByFault({ status: 302, note: "fault: redirect:/?token=abc" }, false)).toContain(MASK);
});

test("what went to no handler was kept back, or there was none", () => {
  expect(keptBackText({ written: "500", isSenderGone: false })).toBe("not forwarded");
  expect(keptBackText({ written: "after:500", isSenderGone: false })).toBe("stored");
  expect(keptBackText({ written: "delay:1s", isSenderGone: false })).toBe("stored");
});

test("a plan is told with who meets it", () => {
  const plan = { plan: "500x2,ok", per: "event", match: "" } as const;
  expect(planText(plan)).toBe("500x2,ok for each event");
  expect(planText({ ...plan, per: "path" })).toBe("500x2,ok for each path");
  expect(planText({ ...plan, per: "all", chance: { share: 0.3, seed: 7 }, match: "type:order.*" })).toBe(
    "500x2,ok for all requests together, 30% of the requests (seed 7), only type:order.*",
  );
  expect([0.3, 0.125, 1, 0.0001].map(shareText)).toEqual(["30%", "12.5%", "100%", "0.01%"]);
});

test("faults are counted where any were asked for", () => {
  const facts = { received: 5, delivered: 5, failed: 0, refused: 0, duplicates: 0, outOfOrder: 0, failedSignatures: 0 };
  const more = { silent: 0, storePath: "x", isEphemeral: false, atMs: 0 };
  const text = (faulted: number, lostAcks: number, isFaulty = true): string | undefined =>
    faultCountText({ ...facts, ...more, isFaulty, faulted, lostAcks });
  expect([text(0, 0, false), text(0, 0), text(1, 0), text(3, 1), text(3, 2)]).toEqual([
    undefined,
    "0 faults",
    "1 fault",
    "3 faults (1 lost ack)",
    "3 faults (2 lost acks)",
  ]);
});
