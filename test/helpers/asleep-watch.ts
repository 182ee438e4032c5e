import { readFileSync, writeFileSync } from "node:fs";

/**
 * Loaded into another process (`node --import`): from SIGUSR2 on it watches that process's event loop, and at the end writes
 * the longest time in milliseconds for which it stood still asleep into the file that ASLEEP_WATCH names: waiting inside a
 * call, say for a lock, while it could have run. Time in which it ran, or in which the machine did something else though
 * it was ready to run, does not count. Linux.
 */

const EVERY_MS = 5;

/** What the system knows of the main thread: how long it ran, and how long it was ready and had to wait, in milliseconds. */
function busyMs(): number {
  const [ran = 0, waited = 0] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ").map(Number);
  return (ran + waited) / 1e6;
}

let longestMs = 0;
process.on("SIGUSR2", () => {
  let before = { atMs: performance.now(), busyMs: busyMs() };
  setInterval(() => {
    const now = { atMs: performance.now(), busyMs: busyMs() };
    const asleepMs = now.atMs - before.atMs - (now.busyMs - before.busyMs) - EVERY_MS;
    longestMs = Math.max(longestMs, asleepMs);
    before = now;
  }, EVERY_MS).unref();
});
process.on("exit", () => writeFileSync(process.env["ASLEEP_WATCH"] ?? "", String(Math.round(longestMs))));
