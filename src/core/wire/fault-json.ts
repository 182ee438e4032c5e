import type { Fault } from "../faults/fault.ts";
import type { OutgoingFault } from "../faults/outgoing/outgoing-fault.ts";
import type { JsonShape } from "./shapes/index.ts";

export function incomingFaultToJson({ name, syntax, summary, seen, examples }: Fault): JsonShape<"fault"> {
  return { v: 1, kind: "fault", name, direction: "in", syntax, summary, seen, examples: [...examples] };
}

export function outgoingFaultToJson({ name, summary, expected, flag }: OutgoingFault): JsonShape<"fault"> {
  return { v: 1, kind: "fault", name, direction: "out", syntax: flag, summary, seen: expected, examples: [flag] };
}
