import { join } from "node:path";
import { expect, test } from "vitest";
import { LeftOut } from "../../../../../src/cli/commands/listen/left-out.ts";
import { recordedStream, temporaryFolder } from "../../../../helpers/surroundings.ts";

const MORE_THAN_MAY_WAIT = "x".repeat(9 * 1024 * 1024);

test("nothing is left out while the reader keeps up", () => {
  const { sink } = recordedStream(join(temporaryFolder(), "out"));
  sink.write("a line\n");
  const leftOut = new LeftOut(sink);
  expect([leftOut.leavesOut(), leftOut.take()]).toEqual([false, 0]);
});

test("lines behind too much that waits are left out and counted once, until the reader has caught up", async () => {
  const { sink } = recordedStream(join(temporaryFolder(), "out"));
  const leftOut = new LeftOut(sink);
  sink.write(MORE_THAN_MAY_WAIT);
  expect([leftOut.leavesOut(), leftOut.leavesOut()]).toEqual([true, true]);
  await sink.flushed();
  expect(leftOut.leavesOut()).toBe(false);
  expect([leftOut.take(), leftOut.take()]).toEqual([2, 0]);
});
