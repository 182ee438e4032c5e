import { expect, test } from "vitest";
import { slowly } from "../../../../src/io/capture/slowly.ts";
import { SteppedClock } from "../../../helpers/stepped-clock.ts";
import { watchedStream } from "../../../helpers/watched-stream.ts";

interface Started {
  readonly clock: SteppedClock;
  /** What came so far. */
  readonly pieces: string[];
  readonly leave: AbortController;
  readonly end: AbortController;
  readonly over: Promise<void>;
  readonly isReleased: () => boolean;
}

function start(text: readonly string[], bytesPerSecond: number): Started {
  const clock = new SteppedClock();
  const [leave, end] = [new AbortController(), new AbortController()];
  end.signal.addEventListener("abort", () => leave.abort());
  const { chunks, isReleased } = watchedStream(text);
  const pieces: string[] = [];
  const over = (async () => {
    const options = { clock, left: leave.signal, ending: end.signal };
    for await (const piece of slowly(chunks, bytesPerSecond, options)) pieces.push(Buffer.from(piece).toString());
  })();
  return { clock, pieces, leave, end, over, isReleased };
}

test.each([
  [1, 1000, ["a", "b", "c", "d", "e"]],
  [4, 250, ["a", "b", "c", "d", "e"]],
  [20, 100, ["ab", "c", "de"]],
])("at %i bytes a second a step comes every %i ms", async (bytesPerSecond, stepMs, steps) => {
  const { clock, pieces, over } = start(["abc", "de"], bytesPerSecond);
  for (let seen = 1; seen < steps.length; seen += 1) {
    await clock.waiting(1);
    expect([pieces, clock.remainingMs]).toEqual([steps.slice(0, seen), [stepMs]]);
    clock.advance(stepMs);
  }
  await over;
  expect(pieces).toEqual(steps);
});

test("without time all that is left comes at once", async () => {
  const { clock, pieces, end, over } = start(["abc", "de"], 1);
  await clock.waiting(1);
  end.abort();
  await over;
  expect(pieces.join("")).toBe("abcde");
});

test("without a reader it stops, and gives back what it reads", async () => {
  const { clock, pieces, leave, over, isReleased } = start(["abc", "de"], 1);
  await clock.waiting(1);
  leave.abort();
  await over;
  expect([pieces, isReleased()]).toEqual([["a"], true]);
});

test("what nobody has begun to read is given back all the same", async () => {
  const { chunks, isReleased } = watchedStream(["abc"]);
  const { signal } = new AbortController();
  const steps = slowly(chunks, 1, { clock: new SteppedClock(), left: signal, ending: signal });
  await steps[Symbol.asyncIterator]().return?.();
  expect(isReleased()).toBe(true);
});
