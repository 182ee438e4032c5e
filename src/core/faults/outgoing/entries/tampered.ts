import type { OutgoingFault } from "../outgoing-fault.ts";
import { tamper } from "../tamper.ts";

export const tampered: OutgoingFault = {
  name: "tampered",
  summary: "One byte of the body is changed after it was signed.",
  expected: "Refuses it: the signature does not fit the body.",
  flag: "--tamper",
  change: { stage: "signed", edit: tamper },
};
