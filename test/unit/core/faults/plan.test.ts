import { expect, test } from "vitest";
import { parsePlan } from "../../../../src/core/faults/parse-plan.ts";
import { FAULT_SCOPES } from "../../../../src/core/faults/plan.ts";
import { PlanRunner } from "../../../../src/core/faults/plan-runner.ts";
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
