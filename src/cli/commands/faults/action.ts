import { faults as incoming } from "../../../core/faults/index.ts";
import { outgoingFaults as outgoing } from "../../../core/faults/outgoing/index.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { incomingFaultToJson, outgoingFaultToJson } from "../../../core/wire/fault-json.ts";
import { printFaults } from "./fault-list.ts";
import type { FlagsOf } from "../../settings/flags.ts";

/** Tells what can go wrong on purpose. */
export const faults: Action<FlagsOf> = async (at, _words, flags) => {
  if (flags.isOn("json")) {
    for (const fault of incoming) at.out.json(incomingFaultToJson(fault));
    for (const fault of outgoing) at.out.json(outgoingFaultToJson(fault));
  } else printFaults(at, incoming, outgoing);
  return EXIT.ok;
};
