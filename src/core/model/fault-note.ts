import type { SentReply } from "./request.ts";
import { isSuccess } from "./success.ts";

/** What the record of a request says of the fault that it met. */
export interface FaultNote {
  /** As a plan writes it: `after:reset`, `429:retry-after=3`. */
  readonly written: string;
  /** Which of its times this was, where there is more than one. */
  readonly count?: { readonly time: number; readonly times: number } | undefined;
  /** The sender did not wait for what it was to be told. */
  readonly isSenderGone: boolean;
}

/** Every such note begins with this, and no other does. */
export const FAULT_NOTE = "fault: ";
const AFTER = "after:";
/** Holds a request back, and lets it go. */
const DELAY = "delay:";
const SENDER_GONE = ", sender-gone";

/** `fault: after:reset (1 of 2)`, `fault: after:delay:12s, sender-gone` */
export function printFaultNote({ written, count, isSenderGone }: FaultNote): string {
  const which = count ? ` (${count.time} of ${count.times})` : "";
  return `${FAULT_NOTE}${written}${which}${isSenderGone ? SENDER_GONE : ""}`;
}

/** Undefined: the note is about something else. */
export function readFaultNote(note: string | undefined): FaultNote | undefined {
  if (note === undefined || !note.startsWith(FAULT_NOTE)) return undefined;
  const isSenderGone = note.endsWith(SENDER_GONE);
  const rest = note.slice(FAULT_NOTE.length, isSenderGone ? -SENDER_GONE.length : undefined);
  // What a person wrote may hold such words too, but only between quotes, which end behind them.
  const [, written = rest, time, times] = /^([^]*) \((\d+) of (\d+)\)$/.exec(rest) ?? [];
  const count = times === undefined ? undefined : { time: Number(time), times: Number(times) };
  return { written, count, isSenderGone };
}

/** The handler had the request first, and then its sender was lied to. */
export function isAfterHandler({ written }: FaultNote): boolean {
  return written.startsWith(AFTER);
}

/** The handler got the request, now or later: there was a handler, or there was nowhere to go. */
export function reachesHandler(note: FaultNote): boolean {
  return isAfterHandler(note) || note.written.startsWith(DELAY);
}

/** The fault alone, whether the handler was asked or not: `reset`, `429:retry-after=3`. */
export function faultOf({ written }: FaultNote): string {
  return written.startsWith(AFTER) ? written.slice(AFTER.length) : written;
}

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
