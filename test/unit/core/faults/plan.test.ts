import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePlan } from "../../../../src/core/faults/parse-plan.ts";
import { PlanRunner } from "../../../../src/core/faults/plan-runner.ts";
import { FAULT_SCOPES, printFault, printPlan } from "../../../../src/core/faults/plan.ts";
import { anyPlan } from "../../../helpers/fault-plans.ts";
import { sampleRequest } from "../../../helpers/samples.ts";

test.each(FAULT_SCOPES)("with a plan for each %s only what it counts together goes on in it", async (per) => {
  const arrivals = [
    ["/a", "evt_1"],
    ["/a", "evt_2"],
    ["/b", "evt_1"],
  ] as const;
  const runner = new PlanRunner({ plan: parsePlan("500x1,reset"), per });
  const met: (string | undefined)[] = [];
  for (const [target, eventId] of arrivals)
    met.push((await runner.meet(sampleRequest({ target }), { eventId }))?.step.fault);
  const second = {
    event: ["status", "reset"],
    path: ["reset", "status"],
    all: ["reset", "reset"],
  }[per];
  expect(met).toEqual(["status", ...second]);
});

test.each([
  ["500x1, RESET", "500,reset"],
  ["500x1", "500x1"],
  ["timeout:90s,delay:2h,timeout:1ms,timeout:0", "timeout:90s,delay:2h,timeout:1ms,timeout:0ms"],
  ["truncate:1KiB,slow:1KiB/s", "truncate:1024,slow:1024"],
  ["429:retry-after=3x2", "429:retry-after=3x2"],
  ['503:body="sorry";x-a="b c"', '503:x-a="b c";body=sorry'],
  ["redirect:https://example.com/a", "redirect:https://example.com/a"],
  ['after:redirect:"/ax2"', 'after:redirect:"/ax2"'],
])("%s is printed %s", (text, printed) => {
  expect(printPlan(parsePlan(text))).toBe(printed);
});

test("whatever is planned can be written", () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      expect(parsePlan(printPlan(plan))).toEqual(plan);
    }),
    { numRuns: 2000 },
  );
});

test("a fault alone is printed without its count", () => {
  expect(parsePlan("after:timeout:20sx2").map(printFault)).toEqual(["after:timeout:20s"]);
});
