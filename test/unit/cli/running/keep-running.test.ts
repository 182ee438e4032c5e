import { expect, test } from "vitest";
import { keepRunning } from "../../../../src/cli/running/keep-running.ts";
import { RunningBin } from "../../../helpers/bin.ts";
import { root } from "../../../helpers/sources.ts";

test("what the work comes to is passed on, be it a failure", async () => {
  expect(await keepRunning(async () => 7)).toBe(7);
  await expect(keepRunning(async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});

test.each([
  ["has ended", "waited()", "ended\n"],
  ["has failed", "waited().then(() => Promise.reject(new Error('failed')))", "failed\n"],
])("a process that only waits goes on until the work %s, and no longer", async (_, work, says) => {
  // Without it the process ends at the wait; were it kept for longer, it would not end.
  const script = `
    import { keepRunning } from "${root}/src/cli/running/keep-running.ts";
    import { systemClock } from "${root}/src/core/model/clock.ts";
    const waited = () => systemClock.wait(1);
    console.log(await keepRunning(() => ${work}).then(() => "ended", ({ message }) => message));`;
  const bin = RunningBin.spawn([process.execPath, "--input-type=module", "--eval", script]);
  expect(await bin.ended()).toMatchObject({ code: 0, out: says, err: "" });
});
