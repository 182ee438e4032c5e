import { describe, expect, test } from "vitest";
import { Outcomes, type PacedRun, runPaced } from "../../../../src/cli/running/paced-run.ts";
import { EXIT } from "../../../../src/cli/terminal/exit.ts";
import { recordedSurroundings } from "../../../helpers/surroundings.ts";
import { turns } from "../../../helpers/turns.ts";

describe("a run of many sends", () => {
  test("sends all of them in their order, and ends with what they came to", async () => {
    const { told, run } = await scene();
    expect(await runPaced({ ...run, seed: 7 })).toBe(EXIT.no);
    expect(told).toEqual(["shuffled; again in this order: --seed 7", "sent 1", "sent 2", "sent 3", "summary"]);
  });

  test("starts none after one that could not be sent, and still sums up", async () => {
    const { told, run } = await scene();
    const send = async (item: number): Promise<void> => {
      if (item === 2) throw new Error("the store is full");
      await run.send(item, () => undefined);
    };
    await expect(runPaced({ ...run, send })).rejects.toThrow("the store is full");
    expect(told).toEqual(["sent 1", "summary"]);
  });

  test("sums up when all that is to be told of them is told, also where one failed", async () => {
    const { told, run } = await scene();
    const settled = async (): Promise<void> => {
      await turns(3);
      told.push("settled");
    };
    await runPaced({ ...run, order: [1], settled });
    const send = async (): Promise<void> => Promise.reject(new Error("the store is full"));
    await expect(runPaced({ ...run, send, settled })).rejects.toThrow("the store is full");
    expect(told).toEqual(["sent 1", "settled", "summary", "settled", "summary"]);
  });
});

describe("what sends come to", () => {
  test("is fine where all were delivered", () => {
    const outcomes = new Outcomes();
    outcomes.add(true, undefined);
    expect(outcomes.exitCode()).toBe(EXIT.ok);
    outcomes.add(false, undefined);
    expect(outcomes.exitCode()).toBe(EXIT.no);
  });

  test("is the first that got no answer, where one got none", () => {
    const outcomes = new Outcomes();
    for (const [isDelivered, unanswered] of [[false, new Error("one")] as const, [false, new Error("two")] as const])
      outcomes.add(isDelivered, unanswered);
    expect(() => outcomes.exitCode()).toThrow("one");
  });
});

async function scene(): Promise<{ readonly told: string[]; readonly run: PacedRun<number> }> {
  const { at } = await recordedSurroundings();
  const told: string[] = [];
  const run: PacedRun<number> = {
    at,
    order: [1, 2, 3],
    pace: { concurrency: 1, intervalMs: 0 },
    send: async (item) => void told.push(`sent ${item}`),
    seed: undefined,
    note: (text) => told.push(text),
    finished: async () => EXIT.no,
    summary: () => told.push("summary"),
  };
  return { told, run };
}
