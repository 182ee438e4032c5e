import { expect, test } from "vitest";
import { outgoingFaults } from "../../../../../src/core/faults/outgoing/index.ts";

test("each has a name of its own, and no two are told to send in the same way", () => {
  for (const of of [({ name }) => name, ({ flag, name }) => flag ?? name] satisfies ((
    fault: (typeof outgoingFaults)[number],
  ) => string)[])
    expect(new Set(outgoingFaults.map(of)).size).toBe(outgoingFaults.length);
});
