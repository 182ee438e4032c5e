import type { OutgoingFault } from "../outgoing-fault.ts";

export const duplicated: OutgoingFault = {
  name: "duplicated",
  summary: "The same event comes twice, with the same id.",
  expected: "Accepts both, and does its work once.",
  flag: "--duplicate 1",
  change: { stage: "copies", copies: 2 },
};
