import { expect, test } from "vitest";
import { PortNotices, Seldom } from "../../../../src/io/capture/port-notices.ts";
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

test("each kind is said at once, and after that with a count, at most every ten seconds", () => {
  const clock = new SteppedClock();
  const said: string[] = [];
  const notices = new PortNotices(clock, (code, text) => said.push(`${code}: ${text}`));
  for (let count = 0; count < 1000; count += 1) notices.happened("PORT_FULL");
  notices.happened("REPLY_NOT_READ");
  expect(said).toEqual([
    "PORT_FULL: all connections were taken: the slowest one was closed to let another one in",
    "REPLY_NOT_READ: a sender did not read its reply: its connection was closed",
  ]);
  clock.advance(10_000);
  notices.look();
  expect(said[2]).toBe(
    "PORT_FULL: all connections were taken: the slowest one was closed to let another one in (999 times)",
  );
  notices.look();
  expect(said).toHaveLength(3);
});
