import type { FeedEntry } from "../../../core/model/feed.ts";
import type { ActivePlan } from "../../words/fault-words.ts";

/** What a listener has to say when it is up. */
export interface ReadyFacts {
  readonly captureUrl: string;
  readonly targets: readonly string[];
  readonly storePath: string;
  /** Requests that were in the store before. */
  readonly stored: number;
  readonly pid: number;
  readonly atMs: number;
  /** Undefined: nothing goes wrong on purpose. */
  readonly faults?: ActivePlan | undefined;
}

/** Counted by the listener for its last words. */
export interface ListenCounts {
  received: number;
  delivered: number;
  failed: number;
  refused: number;
  /** Of those received: their event had come before. */
  duplicates: number;
  /** Older than one about the same object that had come before. */
  outOfOrder: number;
  /** Of those received: their signature says no. */
  failedSignatures: number;
  /** Of those received: they met a fault. */
  faulted: number;
  /** Of these: the handler's success never reached the sender. */
  lostAcks: number;
}

export interface SummaryFacts extends Readonly<ListenCounts> {
  readonly silent: number;
  /** Faults were asked for. */
  readonly isFaulty: boolean;
  readonly storePath: string;
  /** The store is gone with the listener. */
  readonly isEphemeral: boolean;
  readonly atMs: number;
}

/** Between the session and the screen: one for people, one for programs. */
export interface ListenRenderer {
  ready(facts: ReadyFacts): void;
  entry(entry: FeedEntry): void;
  summary(facts: SummaryFacts): void;
}
