import fc from "fast-check";
import { expect, test } from "vitest";
import { Lane } from "../../../../src/app/session/lane.ts";

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
