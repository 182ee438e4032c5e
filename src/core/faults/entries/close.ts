import { type Fault, lie, nothingSent } from "../fault.ts";

export const close: Fault = {
  name: "close",
  syntax: "close",
  takes: "nothing",
  isArgumentNeeded: false,
  summary: "Ends the connection in an orderly way without a single byte of an answer.",
  seen: "An end of the connection where an answer should begin: an empty reply, a socket that hung up.",
  examples: ["close"],
  intercept: (_options, isAfter) => lie(isAfter, () => nothingSent({ kind: "close" })),
};
