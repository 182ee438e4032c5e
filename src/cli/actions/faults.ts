import { faults as incoming } from "../../core/faults/index.ts";
import { outgoingFaults as outgoing } from "../../core/faults/outgoing/index.ts";
import type { Action } from "../commands/command.ts";
import { EXIT } from "../exit.ts";
import { incomingFaultToJson, outgoingFaultToJson } from "../output/fault-json.ts";
import { printFaults } from "../output/fault-list.ts";

/** Tells what can go wrong on purpose. */
export const faults: Action = async (at, _words, flags) => {
  if (flags.isOn("json")) {
    for (const fault of incoming) at.out.json(incomingFaultToJson(fault));
    for (const fault of outgoing) at.out.json(outgoingFaultToJson(fault));
  } else printFaults(at, incoming, outgoing);
  return EXIT.ok;
};
