import type { OutgoingFault } from "../outgoing-fault.ts";

/** Twice what most verifiers take. */
const OFFSET_MS = -600_000;

export const stale: OutgoingFault = {
  name: "stale",
  summary: "It is signed as of ten minutes ago, as somebody would who recorded it and sends it again.",
  expected: "Refuses it where its provider signs a time: it is too old.",
  flag: "--timestamp -10m",
  change: { stage: "time", offsetMs: OFFSET_MS },
};
