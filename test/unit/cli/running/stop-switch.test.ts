import { describe, expect, test } from "vitest";
import { StopSwitch } from "../../../../src/cli/running/stop-switch.ts";
import { EXIT } from "../../../../src/cli/terminal/exit.ts";
import type { StopSignal } from "../../../../src/cli/terminal/surroundings.ts";
import { SteppedClock } from "../../../helpers/stepped-clock.ts";
import { recordedSurroundings } from "../../../helpers/surroundings.ts";
import { turns } from "../../../helpers/turns.ts";

const PATIENCE_MS = 4000;

async function scene() {
  const clock = new SteppedClock();
  const { at, stop } = await recordedSurroundings({ clock });
  const said: string[] = [];
  const stopSwitch = new StopSwitch(at, (text) => said.push(text));
  const forced: number[] = [];
  void stopSwitch.forced.then(({ code }) => forced.push(code));
  return { clock, stop, said, stopSwitch, forced };
}

describe("the first signal", () => {
  test("starts no more, and lets what is under way end", async () => {
    const { stopSwitch, stop, forced, said, clock } = await scene();
    expect(stopSwitch.signal.aborted).toBe(false);
    stop("SIGINT");
    clock.advance(10 * PATIENCE_MS);
    await turns(5);
    expect([stopSwitch.signal.aborted, forced, said]).toEqual([true, [], []]);
  });

  test("says how many are waited for, and how to wait no longer", async () => {
    const { stopSwitch, stop, said } = await scene();
    const { promise, resolve } = Promise.withResolvers<string>();
    const all = [promise, promise, Promise.resolve("x")].map(async (work) => stopSwitch.during(work));
    await all[2];
    stop("SIGINT");
    expect(said).toEqual(["waiting for 2 under way to end; Ctrl-C again stops now"]);
    resolve("answer");
    expect(await all[0]).toBe("answer");
  });

  test("waits for nothing that has failed", async () => {
    const { stopSwitch, stop, said } = await scene();
    await expect(stopSwitch.during(Promise.reject(new Error("no")))).rejects.toThrow("no");
    stop("SIGINT");
    expect(said).toEqual([]);
  });

  test.each<[StopSignal, number]>([
    ["SIGTERM", EXIT.terminated],
    ["SIGHUP", EXIT.interrupted],
  ])("%s is not patient for ever: whoever sends it does not send it again", async (signal, code) => {
    const { stop, clock, forced } = await scene();
    stop(signal);
    clock.advance(PATIENCE_MS - 1);
    await turns(5);
    expect(forced).toEqual([]);
    clock.advance(1);
    await turns(5);
    expect(forced).toEqual([code]);
  });
});

test.each<[StopSignal, StopSignal, number]>([
  ["SIGINT", "SIGINT", EXIT.interrupted],
  ["SIGINT", "SIGTERM", EXIT.terminated],
  ["SIGTERM", "SIGINT", EXIT.interrupted],
])("after %s a second signal, %s, ends now with its own code", async (first, second, code) => {
  const { stop, stopSwitch } = await scene();
  stop(first);
  stop(second);
  expect(await stopSwitch.forced).toEqual({ code });
});

test("when all is over no signal is heard, and no wait is left", async () => {
  const { stopSwitch, stop, clock, said } = await scene();
  stop("SIGTERM");
  expect(clock.remainingMs).toEqual([PATIENCE_MS]);
  stopSwitch.end();
  expect(clock.remainingMs).toEqual([]);
  const later = await scene();
  later.stopSwitch.end();
  later.stop("SIGINT");
  expect([later.stopSwitch.signal.aborted, said]).toEqual([false, []]);
});
