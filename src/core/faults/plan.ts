import { quoted } from "../model/quote.ts";
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

/** The plan as a person would type it: parsed again it is the same. */
export function printPlan(plan: FaultPlan): string {
  return plan
    .map((step, at) => {
      const count = countOf(step, at === plan.length - 1);
      return printed(step, count !== "") + count;
    })
    .join(",");
}

/** One item without its count: `after:timeout:20s`. */
export function printFault(step: FaultStep): string {
  return printed(step, false);
}

/** @param isCounted a count will stand right behind it */
function printed({ fault, options, isAfter }: FaultStep, isCounted: boolean): string {
  const name = options.status === undefined ? fault : String(options.status);
  const argument = argumentOf(options, isCounted);
  return `${isAfter ? "after:" : ""}${name}${argument === "" ? "" : `:${argument}`}`;
}

/** A single time is what an item is met anyway, unless it is the last. */
function countOf({ times }: FaultStep, isLast: boolean): string {
  return times === undefined || (times === 1 && !isLast) ? "" : `x${times}`;
}

function argumentOf(
  { durationMs, bytes, bytesPerSecond, url, headers = [], body }: FaultOptions,
  isCounted: boolean,
): string {
  const fields = headers.map(([name, text]) => `${name}=${valueOf(text, isCounted)}`);
  if (body !== undefined) fields.push(`body=${valueOf(body, isCounted)}`);
  if (fields.length > 0) return fields.join(";");
  if (durationMs !== undefined) return durationOf(durationMs);
  if (url !== undefined) return valueOf(url, isCounted);
  return String(bytes ?? bytesPerSecond ?? "");
}

/** Quoted where it would be read as something else: a count behind text that is no number would be a part of it. */
function valueOf(text: string, isCounted: boolean): string {
  const isBare = /^[\w.:/-]+$/.test(text) && !/x\d+$/i.test(text);
  return isBare && (!isCounted || /^\d[^x]*$/i.test(text)) ? text : quoted(text);
}

function durationOf(durationMs: number): string {
  const units = [
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1000],
  ] as const;
  const fit = units.find(([, unitMs]) => durationMs > 0 && durationMs % unitMs === 0);
  return fit ? `${durationMs / fit[1]}${fit[0]}` : `${durationMs}ms`;
}
