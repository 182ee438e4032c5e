import type { Fault } from "../../core/faults/fault.ts";
import type { OutgoingFault } from "../../core/faults/outgoing/outgoing-fault.ts";
import type { JsonShape } from "./json-shapes.ts";

export function incomingFaultToJson({ name, syntax, summary, seen, examples }: Fault): JsonShape<"fault"> {
  return { v: 1, kind: "fault", name, direction: "in", syntax, summary, seen, examples: [...examples] };
}

export function outgoingFaultToJson({ name, summary, expected, flag }: OutgoingFault): JsonShape<"fault"> {
  return { v: 1, kind: "fault", name, direction: "out", syntax: flag, summary, seen: expected, examples: [flag] };
}
