import { expect, test } from "vitest";
import { Progress } from "../../../../src/cli/words/progress.ts";
import type { Clock } from "../../../../src/core/model/clock.ts";
import { stillClock } from "../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../helpers/surroundings.ts";

const CLEAR = "\r\u001b[K";

test("a bar is drawn at most ten times a second, over itself, and leaves nothing behind", async () => {
  const { at, err } = await recordedSurroundings();
  let nowMs = 1000;
  const clock: Clock = { ...stillClock, monotonicMs: () => nowMs };
  const progress = new Progress(at.err, clock, 2000);
  progress.update(1000, "3 failed");
  nowMs += 99;
  progress.update(1500, "not drawn");
  nowMs += 1;
  progress.update(2000, "4 failed");
  progress.clear();
  progress.clear();
  expect(await err()).toBe(
    `${"█".repeat(12)}${"░".repeat(12)} 1,000 of 2,000  3 failed${CLEAR}${"█".repeat(24)} 2,000 of 2,000  4 failed${CLEAR}`,
  );
});

test("without Unicode it is made of plain characters, and more than all is all", async () => {
  const { at, err } = await recordedSurroundings({ isUnicode: false });
  new Progress(at.err, stillClock, 4).update(5, "");
  expect(await err()).toBe(`${"#".repeat(24)} 5 of 4  `);
});
