import { REASON_HEADER } from "../../model/reply.ts";
import { type Fault, lie } from "../fault.ts";

export const empty: Fault = {
  name: "empty",
  syntax: "empty",
  takes: "nothing",
  isArgumentNeeded: false,
  summary: "Answers 200 with no body and no content type.",
  seen: "A success, unless it wants to read something in the body, as Adyen wants [accepted].",
  examples: ["empty"],
  intercept: (_options, isAfter) =>
    lie(isAfter, () => ({
      status: 200,
      headers: [REASON_HEADER, "fault"],
      body: { kind: "bytes", bytes: new Uint8Array(0) },
    })),
};
