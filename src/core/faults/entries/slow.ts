import { type Fault, lie } from "../fault.ts";

const USUAL_BYTES_PER_SECOND = 1;

export const slow: Fault = {
  name: "slow",
  syntax: "slow[:bytes/s]",
  takes: "rate",
  isArgumentNeeded: false,
  summary: `Sends the headers at once and the body at so many bytes a second, or at ${USUAL_BYTES_PER_SECOND}.`,
  seen: "The status at once, and a body that does not want to end; only a limit on the whole answer notices.",
  examples: ["slow", "after:slow:10"],
  intercept: ({ bytesPerSecond = USUAL_BYTES_PER_SECOND }, isAfter) =>
    lie(isAfter, (reply) => ({ ...reply, manner: { kind: "slow", bytesPerSecond } })),
};
