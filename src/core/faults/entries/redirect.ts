import { REASON_HEADER } from "../../model/reply.ts";
import { type Fault, lie } from "../fault.ts";

export const redirect: Fault = {
  name: "redirect",
  syntax: "redirect:url",
  takes: "url",
  isArgumentNeeded: true,
  summary: "Answers 302 with this Location; for another status write 308:location=/elsewhere.",
  seen: "A redirect, which most providers count as a failure and some follow.",
  examples: ["redirect:/elsewhere", "redirect:https://example.com/hooks"],
  intercept: ({ url = "/" }, isAfter) =>
    lie(isAfter, () => ({
      status: 302,
      headers: ["location", url, REASON_HEADER, "fault"],
      body: { kind: "bytes", bytes: new Uint8Array(0) },
    })),
};
