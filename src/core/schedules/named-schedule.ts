import { SUCCESS } from "../model/success.ts";
import type { RetrySchedule } from "./schedule.ts";

/** How somebody retries, as far as it is known. Most are a provider's; some are only ways that many use. */
export interface NamedSchedule {
  /** As it is written on a command line: `svix`. */
  readonly name: string;
  /** Another name: the text that it comes from. */
  readonly alias?: string;
  /** As its owner writes it: `Svix`. */
  readonly title: string;
  /** Page or code that it was taken from. */
  readonly source: string;
  readonly trust: ScheduleTrust;
  readonly retries: Retries;
  /** Statuses that count as accepted; undefined: `ACCEPTED`. */
  readonly accepts?: readonly StatusRange[];
  /** Other statuses that end the retries. */
  readonly stopsOn?: readonly StatusRange[];
  /** How long an answer is waited for; undefined: nothing is known. */
  readonly timeoutMs?: number;
  /** What its attempts say of themselves, by header. */
  readonly headers?: RetryHeaders;
  /** What else follows from failures, or ends them; one sentence without its full stop. */
  readonly says?: string;
}

/** Both ends included. */
export type StatusRange = readonly [least: number, most: number];

/**
 * How far it can be trusted: read in the provider's own `code` or `official` documentation, `quoted` from it by others,
 * `secondary`, of nobody in particular (`reference`), or said of a provider that does not say it (`undocumented`).
 */
export type ScheduleTrust = "code" | "official" | "quoted" | "secondary" | "reference" | "undocumented";

export type Retries =
  /** Each delay is known. */
  | { readonly kind: "delays"; readonly schedule: RetrySchedule }
  /** How many and within which time is known, when each comes is not. */
  | {
      readonly kind: "count";
      /** Undefined: as many as fit. */
      readonly most?: number;
      readonly withinMs?: number;
    }
  /** It retries, and nobody outside knows when. `why` follows "… tells nothing:". */
  | { readonly kind: "unpublished"; readonly why: string }
  /** It never retries by itself. */
  | { readonly kind: "none"; readonly why: string };

/** Names of headers, in lower case. */
export interface RetryHeaders {
  /** Why the attempt before failed, in the provider's words. */
  readonly reason?: string;
  /** When the first attempt was made, as ISO 8601. */
  readonly firstAt?: string;
  /** Set in an answer, it ends the retries. */
  readonly stop?: string;
}

/** What those accept of whom nothing else is known: all of 2xx. */
export const ACCEPTED: readonly StatusRange[] = [SUCCESS];

/** Whether a status that a sender was told means to it that all is well. */
export function isAccepted(status: number, { accepts = ACCEPTED }: Pick<NamedSchedule, "accepts">): boolean {
  return isWithin(status, accepts);
}

/** Whether a status means to a sender that it shall not come again, though it was not accepted. */
export function isStop(status: number, { stopsOn = [] }: Pick<NamedSchedule, "stopsOn">): boolean {
  return isWithin(status, stopsOn);
}

function isWithin(status: number, ranges: readonly StatusRange[]): boolean {
  return ranges.some(([least, most]) => status >= least && status <= most);
}
