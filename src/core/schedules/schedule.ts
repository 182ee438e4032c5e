/** When a failed attempt is tried again: the delays after the first, immediate attempt. */
export interface RetrySchedule {
  /** One after the other; never empty. */
  readonly steps: readonly ScheduleStep[];
  /** Each delay may be so much shorter or longer, in percent of it; 0: exact. */
  readonly jitterPercent: number;
  /** No attempt is made later than this after the first one; undefined: the steps alone end it. */
  readonly mostTotalMs?: number | undefined;
}

/** One piece of a schedule. Each delay counts from the failure of the attempt before it. */
export type ScheduleStep =
  /** `5m`: one retry. */
  | { readonly kind: "once"; readonly delayMs: number }
  /** `linear:20s*3`: so many retries, each after the same delay. */
  | { readonly kind: "linear"; readonly delayMs: number; readonly count: number }
  /** `exp:1s*2^5<=60s`: each delay is the one before it times the factor, up to the longest. */
  | {
      readonly kind: "exponential";
      readonly firstMs: number;
      /** At least 1; may have a fraction. */
      readonly factor: number;
      readonly count: number;
      /** Undefined: they grow without a limit of their own. */
      readonly longestMs?: number | undefined;
    };

/** More retries than anybody makes. */
export const MOST_RETRIES = 1000;

/** The longest delay that can be written down: a year. */
export const LONGEST_DELAY_MS = 365 * 86_400_000;
