import type { Fault } from "../fault.ts";

export const delay: Fault = {
  name: "delay",
  syntax: "delay:duration",
  takes: "duration",
  isArgumentNeeded: true,
  summary: "Waits before the handler gets the request; with after: once it has answered, before the sender hears it.",
  seen: "The handler's answer, late, if it still waits for it.",
  examples: ["delay:12s", "after:delay:12s"],
  intercept:
    ({ durationMs = 0 }, isAfter) =>
    async (_request, { clock, left, ending }, next) => {
      if (!isAfter) {
        // A slow server works on for a sender that has left; but a listener that ends waits for nobody.
        await clock.wait(durationMs, ending);
        return next();
      }
      const reply = await next();
      await clock.wait(durationMs, left);
      return reply;
    },
};
