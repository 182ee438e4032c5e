import type { DeliveryCause, Outcome, SettledStatus } from "../../../core/model/delivery.ts";
import type { HeaderPairs } from "../../../core/model/headers.ts";
import type { SentReply } from "../../../core/model/request.ts";

/** An attempt that is about to touch the wire. */
export interface StartedAttempt {
  /** Of all attempts of its delivery, from 1. */
  readonly number: number;
  readonly startedAtMs: number;
}

/** A delivery about to be made. */
export interface NewDelivery {
  readonly url: string;
  readonly cause: DeliveryCause;
  /** The attempt that starts at once; undefined: the delivery waits as pending. */
  readonly attempt?: StartedAttempt | undefined;
}

/** An attempt that has ended. */
export interface EndedAttempt extends StartedAttempt {
  readonly deliveryId: number;
  readonly durationMs: number;
  readonly sentHeaders: HeaderPairs;
  readonly outcome: Outcome;
}

/** The end of a delivery. */
export interface Settlement {
  readonly status: SettledStatus;
  /** What the sender was told, where this delivery decided it. */
  readonly reply?: SentReply | undefined;
}
