import { type FaultNote, faultOf, isLostAck, reachesHandler, readFaultNote } from "../../core/model/fault-note.ts";
import { type Mask, usualMask } from "../../core/model/mask.ts";
import { NO_STATUS } from "../../core/model/reply.ts";
import type { SentReply } from "../../core/model/request.ts";
import { countText, plural, shorten } from "./units.ts";
import type { FaultScope } from "../../core/faults/plan.ts";

/** How a listener goes wrong on purpose. */
export interface ActivePlan {
  /** As a person would type it. */
  readonly plan: string;
  readonly per: FaultScope;
  /** Which share of the requests takes part, above 0 up to 1, and the seed of the dice; undefined: all. */
  readonly chance?: { readonly share: number; readonly seed: number } | undefined;
  /** As it was given; empty: all requests take part. */
  readonly match: string;
}

/** What a listener met of the faults that it was told to make. */
export interface FaultCounts {
  /** Faults were asked for. */
  readonly isFaulty: boolean;
  readonly faulted: number;
  /** Of these: the handler's success never reached the sender. */
  readonly lostAcks: number;
}

const MAX_FAULT = 40;

/**
 * What the sender was told by a fault, and which: `reset: lost ack 1 of 2`, `500: fault`; undefined: no fault came between.
 * @param isHandled the handler answered with 2xx
 */
export function toldByFault(
  reply: SentReply | undefined,
  isHandled: boolean,
  mask: Mask = usualMask,
): string | undefined {
  const note = readFaultNote(reply?.note);
  if (!reply || !note) return undefined;
  const { count, isSenderGone } = note;
  const kind = isLostAck(reply, isHandled) ? "lost ack" : "fault";
  const which = count ? ` ${countText(count.time)} of ${countText(count.times)}` : "";
  return `${sentByFault(reply, note, mask)}: ${kind}${which}${isSenderGone ? ", sender gone" : ""}`;
}

/** The same in a word or two: `reset`, `500`, `200, delay 12s`. */
export function sentByFault({ status }: SentReply, note: FaultNote, mask: Mask): string {
  const fault = faultOf(note);
  // Its headers and its body are nobody's business on a line.
  if (/^\d/.test(fault)) return String(status);
  const shown = shorten(mask.text(fault.replace(":", " ")), MAX_FAULT);
  return status === NO_STATUS ? shown : `${status}, ${shown}`;
}

/** What became of a request that went to no handler: `not forwarded`, or `stored` where there was nowhere to go. */
export function keptBackText(note: FaultNote): string {
  return reachesHandler(note) ? "stored" : "not forwarded";
}

/** `3 faults (2 lost acks)`; undefined: none were met, and none were asked for. */
export function faultCountText({ isFaulty, faulted, lostAcks }: FaultCounts): string | undefined {
  if (!isFaulty) return undefined;
  return `${plural(faulted, "fault")}${lostAcks > 0 ? ` (${plural(lostAcks, "lost ack")})` : ""}`;
}

/** `500x2,ok for each event, 30% of the requests (seed 7), only type:order.*` */
export function planText({ plan, per, chance, match }: ActivePlan, mask: Mask = usualMask): string {
  const scope = per === "all" ? "for all requests together" : `for each ${per}`;
  const share = chance ? [`${shareText(chance.share)} of the requests (seed ${chance.seed})`] : [];
  return [`${mask.text(plan)} ${scope}`, ...share, ...(match === "" ? [] : [`only ${mask.text(match)}`])].join(", ");
}

/** `30%` */
export function shareText(share: number): string {
  return `${Number((share * 100).toFixed(6))}%`;
}
