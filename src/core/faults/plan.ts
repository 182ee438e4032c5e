import type { FaultOptions } from "./fault.ts";

/** What counts its own way through a plan: each event (a body where it names none), each path, or all requests together. */
export const FAULT_SCOPES = ["event", "path", "all"] as const;

export type FaultScope = (typeof FAULT_SCOPES)[number];

/** The faults that requests meet one after the other, and then what stays. Never empty. */
export type FaultPlan = readonly FaultStep[];

/** One item of a plan. */
export interface FaultStep {
  /** Name of a fault in the registry. */
  readonly fault: string;
  readonly options: FaultOptions;
  /** The handler gets the request and answers, and only then the sender is lied to. */
  readonly isAfter: boolean;
  /** How many requests meet it, from 1; undefined, and only on the last step: all that follow. */
  readonly times: number | undefined;
}
