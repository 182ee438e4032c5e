import { expect, test } from "vitest";
import { Tally } from "../../../../src/app/delivering/tally.ts";

test("what has not begun is idle at once", async () => {
  await expect(new Tally().idle()).resolves.toBeUndefined();
});

test("everyone who waits is told when the last one has ended, and not before", async () => {
  const tally = new Tally();
  const told: string[] = [];
  tally.begin();
  tally.begin();
  const both = Promise.all([tally.idle().then(() => told.push("one")), tally.idle().then(() => told.push("two"))]);
  tally.end();
  await Promise.resolve();
  expect([tally.count, told]).toEqual([1, []]);
  tally.end();
  await both;
  expect([tally.count, told]).toEqual([0, ["one", "two"]]);
});

test("it can be used again after it was idle", async () => {
  const tally = new Tally();
  tally.begin();
  tally.end();
  tally.begin();
  const idle = tally.idle();
  tally.end();
  await expect(idle).resolves.toBeUndefined();
});
