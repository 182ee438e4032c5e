import { faultOf, reachesHandler, readFaultNote } from "./fault-note.ts";
import type { SentReply } from "./request.ts";
import { isSuccess } from "./success.ts";

/**
 * Whether the handler's success never reached the sender because of a fault: the work is done, and the event comes again.
 * @param isHandled the handler answered with 2xx
 */
export function isLostAck(reply: SentReply | undefined, isHandled: boolean): boolean {
  const note = readFaultNote(reply?.note);
  if (!reply || !note || !isHandled || !reachesHandler(note)) return false;
  const isTold = isSuccess(reply.status) && !note.isSenderGone;
  // It begins as a success, and no client takes it for one.
  return !isTold || faultOf(note).startsWith("truncate");
}
