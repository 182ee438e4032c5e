import { jsonReply, REASON_HEADER, type Reply } from "../../core/model/reply.ts";
import type { Refusal } from "../../core/model/request.ts";

const RETRY_AFTER_SECONDS = 5;

/** More wait for their replies than memory has room for; told to whoever sends ahead, or sends a large head. */
export const TOO_MANY_WAITING: Refusal = {
  status: 503,
  code: "too-many-waiting",
  reason: "too many requests wait for their replies; send it again later",
};

/** Told to the slowest connection, in whose place another one was let in. */
export const PORT_FULL: Refusal = {
  status: 503,
  code: "port-full",
  reason: "all connections were taken, and this one was the slowest; send it again later",
};

/** The reply to one for whom there is no room: hookcli's own, and not for ever. */
export function turnedAwayReply({ status, code, reason }: Refusal): Reply {
  const headers = [REASON_HEADER, code, "retry-after", String(RETRY_AFTER_SECONDS)];
  return jsonReply(status, { error: reason, code }, headers);
}
