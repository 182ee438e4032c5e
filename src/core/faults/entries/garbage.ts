import { type Fault, lie, nothingSent } from "../fault.ts";

/** Neither HTTP nor text, and the same each time. */
const GARBAGE = Uint8Array.from([
  ...Array.from({ length: 32 }, (_, at) => (at * 37 + 129) % 256),
  ...Buffer.from("\r\nthis is not HTTP\r\n\r\n"),
]);

export const garbage: Fault = {
  name: "garbage",
  syntax: "garbage",
  takes: "nothing",
  isArgumentNeeded: false,
  summary: "Sends bytes that are no HTTP, and ends the connection.",
  seen: "An answer that its HTTP client cannot read.",
  examples: ["garbage"],
  intercept: (_options, isAfter) => lie(isAfter, () => nothingSent({ kind: "raw", bytes: GARBAGE })),
};
