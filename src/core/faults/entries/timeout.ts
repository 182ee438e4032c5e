import { type Fault, lie, nothingSent } from "../fault.ts";

export const timeout: Fault = {
  name: "timeout",
  syntax: "timeout[:duration]",
  takes: "duration",
  isArgumentNeeded: false,
  summary: "Takes the request and never answers; with a duration it ends the connection after that.",
  seen: "Silence, until its own patience ends or, with a duration, the connection does.",
  examples: ["timeout", "timeout:20s"],
  intercept: ({ durationMs }, isAfter) => lie(isAfter, () => nothingSent({ kind: "never", holdMs: durationMs })),
};
