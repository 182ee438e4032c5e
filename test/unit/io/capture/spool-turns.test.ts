import { expect, test } from "vitest";
import { SpoolTurns } from "../../../../src/io/capture/spool-turns.ts";

const MIB = 1024 * 1024;
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("while little waits for the disk everybody is read on at once", () => {
  const { turns, stopped } = watched();
  let isRead = false;
  turns.began(MIB / 2);
  turns.wait(() => (isRead = true));
  expect([isRead, turns.isFull, stopped()]).toEqual([true, false, 0]);
});

test("where too much waits all are stopped once, and go on in order, a few in a turn, when it is written", async () => {
  const { turns, stopped } = watched();
  turns.began(MIB / 2);
  turns.began(2 * MIB);
  turns.began(1);
  expect([turns.isFull, stopped()]).toEqual([true, 1]);
  const read: number[] = [];
  for (let at = 0; at < 20; at += 1) turns.wait(() => read.push(at));
  await turn();
  expect(read).toEqual([]);
  turns.ended(2 * MIB);
  await turn();
  expect(read).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  turns.began(2 * MIB);
  await turn();
  expect(read).toHaveLength(8);
  turns.ended(2 * MIB);
  await expect.poll(() => read.length).toBe(20);
  expect(read).toEqual(Array.from({ length: 20 }, (_none, at) => at));
});

function watched() {
  let count = 0;
  return { turns: new SpoolTurns(() => (count += 1)), stopped: () => count };
}
