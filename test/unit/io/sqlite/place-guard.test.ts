import { describe, expect, onTestFinished, test } from "vitest";
import { PlaceGuard } from "../../../../src/io/sqlite/place-guard.ts";
import type { Suspicion } from "../../../../src/io/sqlite/place-watch.ts";
import { SteppedClock } from "../../../helpers/stepped-clock.ts";

const FILES = { database: { dev: 1n, ino: 1n }, log: { dev: 1n, ino: 2n }, index: { dev: 1n, ino: 3n } };
const GONE: Suspicion = { departure: "removed", isSure: true };
const DOUBT: Suspicion = { departure: "overwritten", isSure: false };

describe("before an acknowledgement", () => {
  test("a look that is older than 200 ms is made anew, a younger one is good", () => {
    const { guard, clock, state } = guarded();
    expect(guard.vouch()).toBeUndefined();
    const looks = state.looks;
    clock.advance(199);
    expect(guard.vouch()).toBeUndefined();
    expect(state.looks).toBe(looks);
  });

  test("what is not there is told at the next look, once, and every time that it is asked for", () => {
    const { guard, clock, state } = guarded();
    void guard.vouch();
    state.suspicion = GONE;
    expect(guard.vouch()).toBeUndefined();
    clock.advance(200);
    expect(() => void guard.vouch()).toThrow("removed");
    expect(() => void guard.vouch()).toThrow("removed");
    expect(() => guard.isHere()).toThrow("removed");
    expect(state.told).toEqual(["removed"]);
    expect(guard.departed?.message).toBe("removed");
  });

  test("a log that begins anew is looked at in any case", () => {
    const { guard, state } = guarded();
    void guard.vouch();
    state.isLogFolded = true;
    const looks = state.looks;
    void guard.vouch();
    expect(state.looks).toBe(looks + 1);
  });

  test("a doubt holds it until it is over", async () => {
    const { guard, clock, state } = guarded();
    clock.advance(200);
    state.suspicion = DOUBT;
    const vouched = guard.vouch();
    expect(vouched).toBeInstanceOf(Promise);
    state.suspicion = undefined;
    clock.advance(20);
    await expect(vouched).resolves.toBeUndefined();
    expect(state.told).toEqual([]);
  });

  test("a doubt that lasts for a second is believed", async () => {
    const { guard, clock, state } = guarded();
    state.suspicion = DOUBT;
    clock.advance(200);
    const vouched = guard.vouch();
    const told = expect(vouched).rejects.toThrow("overwritten");
    for (let ms = 0; ms < 1000; ms += 20) {
      clock.advance(20);
      await Promise.resolve();
      await Promise.resolve();
    }
    await told;
    expect(state.told).toEqual(["overwritten"]);
  });
});

test("it looks by itself while nothing is acknowledged, and no more when it is closed", async () => {
  const { guard, clock, state } = guarded();
  for (let round = 0; round < 3; round += 1) {
    clock.advance(200);
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(state.looks).toBe(3);
  guard.close();
  clock.advance(1000);
  await Promise.resolve();
  expect(state.looks).toBe(3);
});

test("a fold is allowed where all is in its place, and then only; when it has ended there is a look", () => {
  const { guard, state } = guarded();
  expect(guard.beginFold()).toEqual(FILES);
  const looks = state.looks;
  guard.foldEnded();
  expect(state.looks).toBe(looks + 1);
  state.suspicion = DOUBT;
  expect(guard.beginFold()).toBeUndefined();
  state.suspicion = GONE;
  expect(guard.beginFold()).toBeUndefined();
  expect(guard.beginFold()).toBeUndefined();
  guard.foldEnded();
  expect(state.told).toEqual(["removed"]);
});

interface State {
  suspicion: Suspicion | undefined;
  isLogFolded: boolean;
  looks: number;
  readonly told: string[];
}

function guarded(): { guard: PlaceGuard; clock: SteppedClock; state: State } {
  const clock = new SteppedClock();
  const state: State = { suspicion: undefined, isLogFolded: false, looks: 0, told: [] };
  const look = (): Suspicion | undefined => {
    state.looks += 1;
    return state.suspicion;
  };
  const watch = {
    look,
    files: FILES,
    get isLogFolded() {
      return state.isLogFolded;
    },
    foldBegan: () => undefined,
    foldEnded: () => undefined,
  };
  const onDeparture = (departure: string): Error => {
    state.told.push(departure);
    return new Error(departure);
  };
  const guard = new PlaceGuard({ watch, clock, onDeparture });
  onTestFinished(() => guard.close());
  return { guard, clock, state };
}
