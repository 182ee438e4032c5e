import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Lane } from "../../../../src/app/delivering/lane.ts";

test("a place that is free is there at once, as many as the lane is wide", () => {
  const lane = new Lane(2);
  expect([lane.enter(), lane.enter()]).toEqual([undefined, undefined]);
  expect(lane.enter()).toBeInstanceOf(Promise);
});

test("in a lane without end nobody ever waits", () => {
  const lane = new Lane(Infinity);
  const waiting = Array.from({ length: 10_000 }, () => lane.enter());
  expect(waiting.filter(Boolean)).toEqual([]);
});

test("a place that is given back is free again", () => {
  const lane = new Lane(1);
  expect(lane.enter()).toBeUndefined();
  lane.leave();
  expect(lane.enter()).toBeUndefined();
});

describe("a lane with a limit for bytes", () => {
  test("lets one alone in, however large it is, and holds the others back until there is room", async () => {
    const lane = new Lane(10, 100);
    const entered: string[] = [];
    expect(lane.enter(500)).toBeUndefined();
    const small = lane.enter(1)?.then(() => entered.push("small"));
    const large = lane.enter(100)?.then(() => entered.push("large"));
    const tiny = lane.enter(0)?.then(() => entered.push("tiny"));
    lane.leave(500);
    await small;
    expect(entered).toEqual(["small"]);
    lane.leave(1);
    await Promise.all([large, tiny]);
    expect(entered).toEqual(["small", "large", "tiny"]);
  });

  test("lets several in at once where one gives much room back", async () => {
    const lane = new Lane(10, 100);
    expect(lane.enter(100)).toBeUndefined();
    const waiting = [lane.enter(30), lane.enter(30), lane.enter(30), lane.enter(30)];
    lane.leave(100);
    for (const entered of waiting.slice(0, 3)) await entered;
    let isIn = false;
    void waiting[3]?.then(() => (isIn = true));
    await Promise.resolve();
    expect(isIn).toBe(false);
    lane.leave(30);
    await waiting[3];
  });
});

test("a long line is served in order, and its memory given back", async () => {
  const lane = new Lane(1);
  void lane.enter();
  const order: number[] = [];
  const all = Array.from({ length: 5000 }, (_none, at) => lane.enter()?.then(() => order.push(at)));
  for (let count = 0; count < 5000; count += 1) lane.leave();
  for (const entered of all) await entered;
  expect(order).toEqual(Array.from({ length: 5000 }, (_none, at) => at));
  lane.leave();
  expect(lane.enter()).toBeUndefined();
});

test("nobody overtakes: a place that is given back goes to who has waited longest", async () => {
  const lane = new Lane(1);
  const entered: string[] = [];
  void lane.enter();
  const first = lane.enter()?.then(() => entered.push("first"));
  const second = lane.enter()?.then(() => entered.push("second"));
  lane.leave();
  await first;
  expect(lane.enter()).toBeInstanceOf(Promise);
  expect(entered).toEqual(["first"]);
  lane.leave();
  await second;
  expect(entered).toEqual(["first", "second"]);
});

test("never are more inside than the lane is wide, all get in, and in the order of asking", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(4), { maxLength: 40 }), async (width, stays) => {
      const lane = new Lane(width);
      const entered: number[] = [];
      let [inside, most] = [0, 0];
      const visit = async (stayTurns: number, index: number): Promise<void> => {
        await lane.enter();
        entered.push(index);
        inside += 1;
        most = Math.max(most, inside);
        for (let turn = 0; turn < stayTurns; turn += 1) await Promise.resolve();
        inside -= 1;
        lane.leave();
      };
      await Promise.all(stays.map(visit));
      expect(most).toBeLessThanOrEqual(width);
      expect(entered).toEqual(stays.map((_, index) => index));
    }),
  );
});
