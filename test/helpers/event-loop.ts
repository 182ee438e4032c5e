import { monitorEventLoopDelay } from "node:perf_hooks";

/** The longest time in milliseconds that this process's event loop stood still while `work` ran. */
export async function longestBlockMs(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return Math.round(delay.max / 1e6);
}
