import type { Clock } from "../../core/model/clock.ts";

export interface SlownessOptions {
  readonly clock: Clock;
  /** Aborts when nobody is left to be slow for; also with `ending`. */
  readonly left: AbortSignal;
  /** Aborts when there is no time left: the rest comes at once. */
  readonly ending: AbortSignal;
}

/** More would cost more than it shows. */
const STEPS_PER_SECOND = 10;

/** The same bytes at so many a second, in steps of a tenth of a second or of one byte; the first step comes at once. */
export function slowly(
  chunks: AsyncIterable<Uint8Array>,
  bytesPerSecond: number,
  options: SlownessOptions,
): AsyncIterable<Uint8Array> {
  // A generator that nobody has begun to read runs nothing when it is ended, so it would not end its source. Hence an
  // iterator around it, which does.
  const source = chunks[Symbol.asyncIterator]();
  const steps = stepsOf({ [Symbol.asyncIterator]: () => source }, bytesPerSecond, options);
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => steps.next(),
      return: async () => {
        await source.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}

async function* stepsOf(
  chunks: AsyncIterable<Uint8Array>,
  bytesPerSecond: number,
  { clock, left, ending }: SlownessOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const stepBytes = Math.max(1, Math.round(bytesPerSecond / STEPS_PER_SECOND));
  const stepMs = (stepBytes / bytesPerSecond) * 1000;
  let isFirst = true;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += stepBytes) {
      if (!isFirst && !left.aborted) await clock.wait(stepMs, left);
      isFirst = false;
      if (ending.aborted) {
        yield chunk.subarray(at);
        break;
      }
      if (left.aborted) return;
      yield chunk.subarray(at, at + stepBytes);
    }
  }
}
