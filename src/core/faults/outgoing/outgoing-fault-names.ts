/**
 * What can be wrong on purpose with an event that is sent, in the order of help and docs; `outgoingFaults` says what each
 * does. Apart from it, since the words of help need no more than the names.
 */
export const outgoingFaultNames = [
  "tampered",
  "stale",
  "future",
  "duplicated",
  "content-type",
  "truncated",
  "slow-upload",
] as const;

export type OutgoingFaultName = (typeof outgoingFaultNames)[number];
