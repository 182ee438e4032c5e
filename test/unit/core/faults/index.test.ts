import { expect, test } from "vitest";
import { faults, findFault, interceptorOf } from "../../../../src/core/faults/index.ts";

test("a fault is found by its name, and no other thing is", () => {
  expect(findFault("reset")?.name).toBe("reset");
  expect([findFault("Reset"), findFault("constructor")]).toEqual([undefined, undefined]);
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
});

test("a step of a fault that is not listed is a bug", () => {
  expect(() => interceptorOf({ fault: "none", options: {}, isAfter: false, times: 1 })).toThrow("no fault named none");
});
