import { type Fault, lie } from "../fault.ts";

export const truncate: Fault = {
  name: "truncate",
  syntax: "truncate[:bytes]",
  takes: "size",
  isArgumentNeeded: false,
  summary: "Announces the whole body and ends the connection after so many bytes of it, or after half of them.",
  seen: "The status, and then an end of the connection before the announced length is there.",
  examples: ["truncate", "after:truncate:10"],
  intercept: ({ bytes }, isAfter) =>
    lie(isAfter, (reply) => ({ ...reply, manner: { kind: "truncated", afterBytes: bytes } })),
};
