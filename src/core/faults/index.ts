import { close } from "./entries/close.ts";
import { delay } from "./entries/delay.ts";
import { empty } from "./entries/empty.ts";
import { garbage } from "./entries/garbage.ts";
import { ok } from "./entries/ok.ts";
import { redirect } from "./entries/redirect.ts";
import { reset } from "./entries/reset.ts";
import { slow } from "./entries/slow.ts";
import { status } from "./entries/status.ts";
import { timeout } from "./entries/timeout.ts";
import { truncate } from "./entries/truncate.ts";
import type { Fault, Interceptor } from "./fault.ts";
import type { FaultStep } from "./plan.ts";

/** Every fault that a sender can meet, in the order of help and docs. */
export const faults: readonly Fault[] = [
  status,
  timeout,
  delay,
  reset,
  close,
  empty,
  truncate,
  slow,
  redirect,
  garbage,
  ok,
];

export function findFault(name: string): Fault | undefined {
  return faults.find((fault) => fault.name === name);
}

/** What a step of a plan does with a request. */
export function interceptorOf({ fault, options, isAfter }: FaultStep): Interceptor {
  const found = findFault(fault);
  if (!found) throw new Error(`there is no fault named ${fault}`);
  return found.intercept(options, isAfter);
}
