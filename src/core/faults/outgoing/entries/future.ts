import type { OutgoingFault } from "../outgoing-fault.ts";

const OFFSET_MS = 600_000;

export const future: OutgoingFault = {
  name: "future",
  summary: "It is signed as of ten minutes from now.",
  expected: "Refuses it where its provider's verifier looks in both directions; many look at the age alone.",
  flag: "--timestamp +10m",
  change: { stage: "time", offsetMs: OFFSET_MS },
};
