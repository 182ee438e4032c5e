import type { Attempt } from "../../core/model/delivery.ts";
import { faultOf, type FaultNote, isAfterHandler, readFaultNote } from "../../core/model/fault-note.ts";
import { headerValue } from "../../core/model/headers.ts";
import type { SentReply, StoredRequest } from "../../core/model/request.ts";
import { readDurationMs } from "../../core/schedules/schedule.ts";
import type { RetryHeaders } from "../../core/schedules/named-schedule.ts";
import type { SeenAttempt } from "../../core/schedules/comparison.ts";
import type { Store } from "../../io/store/store.ts";

/** One attempt of a provider as it was captured. */
export interface CapturedAttempt {
  /** Its body may have stayed in the store. */
  readonly request: StoredRequest;
  /** What the provider was told; undefined: nothing yet, or nobody knows. */
  readonly told: SentReply | undefined;
  /** The status that the provider heard of it; 0: none. Undefined: nobody knows. */
  readonly heardStatus: number | undefined;
  /** From its arrival until the provider was told; undefined: nobody knows, or it was told nothing. */
  readonly toldAfterMs: number | undefined;
  /** What the handler did when it was passed on; undefined: it was not. */
  readonly handled: Attempt | undefined;
}

/** Puts together what the store knows about one attempt; replays are a person's affair and are not looked at. */
export function capturedAttempt(request: StoredRequest, store: Store): CapturedAttempt {
  const telling = store.read.tellingDelivery(request.id);
  const delivery =
    telling?.cause === "replay"
      ? store.read.deliveriesOf(request.id).find(({ cause }) => cause === "forward")
      : telling;
  // Another attempt is made only where the one before reached nobody, as far as that can be told: so the last one counts.
  const handled = delivery?.attempts.at(-1);
  const { refusal } = request;
  const told = request.reply ?? (refusal && { status: refusal.status, note: refusal.code });
  const heard = told && heardStatus(told);
  return { request, told, heardStatus: heard, handled, toldAfterMs: heard ? toldAfterMs(request, handled) : undefined };
}

/** Who has left hears nothing, and what breaks off is no answer. */
function heardStatus({ status, note }: SentReply): number {
  const fault = readFaultNote(note);
  const isLost = note === "sender-gone" || fault?.isSenderGone === true;
  return isLost || (fault && faultOf(fault).startsWith("truncate")) ? 0 : status;
}

/** Of a reply that hookcli made itself: when the request was there. A fault may have held it back after that. */
function toldAfterMs(request: StoredRequest, handled: Attempt | undefined): number | undefined {
  const fault = readFaultNote(request.reply?.note);
  const heldMs = fault && (!handled || isAfterHandler(fault)) ? delayOf(fault) : 0;
  if (!handled) return request.receiveDurationMs + heldMs;
  if (handled.durationMs === undefined) return undefined;
  return Math.max(0, handled.startedAtMs - request.receivedAtMs + handled.durationMs + heldMs);
}

function delayOf(fault: FaultNote): number {
  const [, written = ""] = /^delay:(.*)$/.exec(faultOf(fault)) ?? [];
  return readDurationMs(written) ?? 0;
}

/** What can be held against a schedule. */
export function seenAttempt(
  { request, heardStatus: heard, toldAfterMs: afterMs, handled }: CapturedAttempt,
  headers: RetryHeaders = {},
): SeenAttempt {
  const { outcome } = handled ?? {};
  const answer = outcome?.kind === "response" ? outcome.response.headers : [];
  return {
    atMs: request.receivedAtMs,
    number: request.event.attemptNumber,
    toldStatus: heard,
    toldAfterMs: afterMs,
    isStopped: headers.stop !== undefined && headerValue(answer, headers.stop) !== undefined,
  };
}

/** Why the attempt before it failed, in the provider's words; undefined: it does not say. */
export function retryReason({ request }: CapturedAttempt, headers: RetryHeaders = {}): string | undefined {
  return headers.reason === undefined ? undefined : headerValue(request.headers, headers.reason);
}
