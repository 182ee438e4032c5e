import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { isDate, systemClock, withinDates } from "../../../../src/core/model/clock.ts";

test("wall time is the system's, in epoch milliseconds", () => {
  const before = Date.now();
  const now = systemClock.nowMs();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

test("a wait takes at least as long as asked, and the monotonic time shows it", async () => {
  const before = systemClock.monotonicMs();
  const keepsRunning = setInterval(() => undefined, 1000);
  await systemClock.wait(20);
  clearInterval(keepsRunning);
  // Timers may fire a fraction of a millisecond early.
  expect(systemClock.monotonicMs() - before).toBeGreaterThanOrEqual(19);
});

test("a wait ends at once when it is aborted, and leaves no listener behind", async () => {
  const abort = new AbortController();
  const removed: string[] = [];
  const { signal } = abort;
  const remove = signal.removeEventListener.bind(signal);
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    removed.push(args[0]);
    remove(...args);
  };
  const waited = systemClock.wait(2 ** 31 - 1, signal);
  abort.abort();
  await expect(waited).resolves.toBeUndefined();
  expect(removed).toEqual(["abort"]);
});

test("a wait on a signal that is aborted already does not wait", async () => {
  await expect(systemClock.wait(2 ** 31 - 1, AbortSignal.abort())).resolves.toBeUndefined();
});

test("a wait alone does not keep a process running", () => {
  const clock = new URL("../../../../src/core/model/clock.ts", import.meta.url).href;
  const script = `import { systemClock } from ${JSON.stringify(clock)}; void systemClock.wait(600_000); console.log("end");`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    timeout: 20_000,
    stdio: "pipe",
  });
  expect(printed.toString()).toBe("end\n");
});

test.each([0, 1, -1, 1.5, 8.64e15, -8.64e15])("%d is a moment", (atMs) => {
  expect([isDate(atMs), withinDates(atMs)]).toEqual([true, atMs]);
});

test.each([2 ** 53, -(2 ** 53), Infinity, -Infinity, Number.NaN])(
  "%d is none, and becomes one that can be printed",
  (atMs) => {
    expect(isDate(atMs)).toBe(false);
    expect(new Date(withinDates(atMs)).toISOString()).toMatch(/Z$/);
  },
);
