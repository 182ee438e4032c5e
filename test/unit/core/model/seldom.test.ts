import { expect, test } from "vitest";
import { Seldom } from "../../../../src/core/model/seldom.ts";
import { SteppedClock } from "../../../helpers/stepped-clock.ts";

test("the first time is said at once, what follows is counted and said when its time has come", () => {
  const clock = new SteppedClock();
  const said: number[] = [];
  const seldom = new Seldom({ clock, everyMs: 1000, say: (count) => said.push(count) });
  for (let at = 0; at < 10_000; at += 1) seldom.happened();
  expect(said).toEqual([1]);
  clock.advance(999);
  seldom.look();
  expect(said).toEqual([1]);
  clock.advance(1);
  seldom.look();
  expect(said).toEqual([1, 9999]);
  clock.advance(5000);
  seldom.look();
  expect(said).toEqual([1, 9999]);
  seldom.happened();
  expect(said).toEqual([1, 9999, 1]);
});
