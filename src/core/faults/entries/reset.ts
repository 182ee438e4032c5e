import { type Fault, lie, nothingSent } from "../fault.ts";

export const reset: Fault = {
  name: "reset",
  syntax: "reset",
  takes: "nothing",
  isArgumentNeeded: false,
  summary: "Breaks the connection with a TCP reset, in place of an answer.",
  seen: "ECONNRESET: the connection was reset by its peer.",
  examples: ["reset", "after:reset"],
  intercept: (_options, isAfter) => lie(isAfter, () => nothingSent({ kind: "reset" })),
};
