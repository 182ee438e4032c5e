import { expect, test } from "vitest";
import { badPlan } from "../../../../src/core/faults/bad-plan.ts";

test("an item is shown as it stands, a long one in part, an empty one as nothing", () => {
  const of = (written: string) => badPlan({ written, from: 0, to: written.length, at: 0 }, "no", "do");
  expect(of("rset")).toMatchObject({
    code: "BAD_FAULT_PLAN",
    message: "cannot use rset in a fault plan, at character 1: no",
    hint: "do",
  });
  expect(of("a".repeat(61)).details["item"]).toBe(`${"a".repeat(60)}…`);
  expect(of("").details["item"]).toBe("nothing");
});
