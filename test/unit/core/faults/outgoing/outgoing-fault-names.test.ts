import { expect, test } from "vitest";
import { outgoingFaults } from "../../../../../src/core/faults/outgoing/index.ts";
import { outgoingFaultNames } from "../../../../../src/core/faults/outgoing/outgoing-fault-names.ts";

test("the names that help shows are those of the faults, in their order", () => {
  expect(outgoingFaultNames).toEqual(outgoingFaults.map(({ name }) => name));
});
