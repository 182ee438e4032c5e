import { jsonReply, REASON_HEADER, releaseBody, type Reply } from "../model/reply.ts";
import type { Interceptor } from "./fault.ts";

/** What a sender is told where the handler was not asked: to be made worse. */
const ACKNOWLEDGED = jsonReply(200, { status: "ok" }, [REASON_HEADER, "fault"]);

/**
 * Tells the sender something that is not so.
 * @param isAfter of the handler's reply; else of one of hookcli's own, and the handler never sees the request
 * @param told what becomes of the reply; one that keeps its body hands it on
 */
export function lie(isAfter: boolean, told: (reply: Reply) => Reply): Interceptor {
  return async (_request, _context, next) => {
    const truth = isAfter ? await next() : ACKNOWLEDGED;
    const reply = told(truth);
    if (reply.body !== truth.body) await releaseBody(truth.body);
    return reply;
  };
}
