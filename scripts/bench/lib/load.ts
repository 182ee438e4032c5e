import { once } from "node:events";
import type { Bench } from "./bench.ts";
import { cpuMs } from "./process-cpu.ts";

/** What is sent: the same POST of 1 KB of JSON again and again, on connections that stay open. */
export interface Load {
  readonly port: number;
  /** Of the process that serves the port. */
  readonly pid: number;
  readonly connections: number;
  /** Ends after this time or this many requests, whichever is set. */
  readonly forMs?: number;
  readonly count?: number;
  /** Signs the request as Stripe does, at the moment when the load begins. */
  readonly stripeSecret?: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of one core that the load generator itself used: far below 1, or it is what was measured. */
  readonly busy: number;
}

export interface Measured extends LoadResult {
  /** Processor time of the serving process for each request: what other programs on the machine disturb least. */
  readonly cpuMicroseconds: number;
}

/** Puts a load on a port and measures; every answer has to be 2xx. */
export type SendLoad = (load: Load) => Promise<Measured>;

/** Starts the load generator: one process for the whole run, so that it is warm when it matters. */
export async function startLoad(bench: Bench): Promise<SendLoad> {
  const { child } = await bench.program("load-generator.ts");
  return async (load) => {
    const cpuBefore = cpuMs(load.pid);
    child.send(load);
    const [answer] = (await once(child, "message")) as [LoadResult | { readonly failure: string }];
    if ("failure" in answer) throw new Error(`load on port ${load.port}: ${answer.failure}`);
    return { ...answer, cpuMicroseconds: ((cpuMs(load.pid) - cpuBefore) * 1000) / answer.requests };
  };
}
