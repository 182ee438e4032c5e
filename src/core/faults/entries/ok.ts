import type { Fault } from "../fault.ts";

export const ok: Fault = {
  name: "ok",
  syntax: "ok",
  takes: "nothing",
  isArgumentNeeded: false,
  summary: "No fault: the handler gets the request, and the sender its answer.",
  seen: "The handler's answer.",
  examples: ["okx2", "ok"],
  intercept: () => async (_request, _context, next) => next(),
};
