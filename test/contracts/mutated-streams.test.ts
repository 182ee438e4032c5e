import { expect, onTestFinished, test } from "vitest";
import { collectGarbage } from "../helpers/garbage.ts";
import { hang, mutatedStream } from "../helpers/mutated-streams.ts";
import { rounds } from "../helpers/rounds.ts";
import { fuzzStreams } from "../helpers/stream-fuzz.ts";
import { StreamPlayer } from "../helpers/stream-player.ts";

/** HOOKCLI_TEST_SEED looks somewhere else. */
const RUNS = rounds(10_000);
const SEED = Number(process.env["HOOKCLI_TEST_SEED"] ?? 1);
const LIMITS = { headTimeoutMs: 500, idleBodyTimeoutMs: 500, keepAliveMs: 500 };
const MIB = 1024 * 1024;
const SOUND = { packets: ["GET / HTTP/1.1\r\nHost: a\r\n\r\n"], ending: "half-close", isSound: true } as const;

test(
  `${RUNS} mutated streams end, leave nothing behind and nothing thrown (seed ${SEED})`,
  { timeout: 300_000 + RUNS * 10 },
  async () => {
    const thrown: unknown[] = [];
    const onThrown = (error: unknown): void => void thrown.push(error);
    for (const event of ["uncaughtException", "unhandledRejection"] as const) {
      process.on(event, onThrown);
      onTestFinished(() => void process.off(event, onThrown));
    }
    const player = await StreamPlayer.start(LIMITS);
    onTestFinished(() => player.close());
    const play = (seed: number, count: number) =>
      fuzzStreams({ seed, count, limits: LIMITS, make: mutatedStream, judge: hang });
    // What is made once is made by then.
    expect(await play(SEED, RUNS / 5)).toEqual([]);
    const before = usedBytes();
    expect(await play(SEED + 1, RUNS - RUNS / 5)).toEqual([]);
    expect(usedBytes() - before).toBeLessThan(10 * MIB);
    expect(thrown).toEqual([]);
    expect((await player.play(SOUND)).received).toMatch(/^HTTP\/1\.1 200 /);
  },
);

/** By what is in use, and not by what the system has given: that is not taken back at once. */
function usedBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
