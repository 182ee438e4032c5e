import { expect, test } from "vitest";
import { killNine, killNineSummary } from "../helpers/kill-nine.ts";
import { rounds } from "../helpers/rounds.ts";

const ROUNDS = rounds(12);

test(
  "a request that was acknowledged survives kill -9, body and all, and the listener starts again each time",
  { timeout: 120_000 + ROUNDS * 5_000 },
  async () => {
    const result = await killNine(ROUNDS);
    console.log(killNineSummary(result));
    expect(result).toMatchObject({ missing: [], different: [], idsTwice: 0, quickCheck: "ok" });
    expect(result.acknowledged).toBeGreaterThan(ROUNDS * 10);
    expect(result.largeAcknowledged).toBeGreaterThan(0);
  },
);
