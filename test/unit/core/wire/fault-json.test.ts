import * as v from "valibot";
import { expect, test } from "vitest";
import { incomingFaultToJson, outgoingFaultToJson } from "../../../../src/core/wire/fault-json.ts";
import { faultShapes } from "../../../../src/core/wire/shapes/fault-shapes.ts";
import { faults } from "../../../../src/core/faults/index.ts";
import { outgoingFaults } from "../../../../src/core/faults/outgoing/index.ts";

const all = [...faults.map(incomingFaultToJson), ...outgoingFaults.map(outgoingFaultToJson)];

test.each(all)("$name has the documented shape, all of it and no more", (json) => {
  expect(v.parse(faultShapes.fault, json)).toEqual(json);
});

test("it is told who meets it and how it is written", () => {
  expect(all.find(({ name }) => name === "timeout")).toMatchObject({ direction: "in", syntax: "timeout[:duration]" });
  expect(all.find(({ name }) => name === "stale")).toMatchObject({ direction: "out", examples: ["--timestamp -10m"] });
});
