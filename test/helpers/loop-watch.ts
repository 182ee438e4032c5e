import { writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

/**
 * Loaded into another process (`node --import`): from SIGUSR2 on it watches that process's event loop, and at the end
 * writes the longest time in milliseconds for which it stood still into the file that LOOP_WATCH names.
 */

const delay = monitorEventLoopDelay({ resolution: 1 });
process.on("SIGUSR2", () => {
  delay.enable();
  delay.reset();
});
process.on("exit", () => writeFileSync(process.env["LOOP_WATCH"] ?? "", String(Math.round(delay.max / 1e6))));
