import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePlan } from "../../../../src/core/faults/parse-plan.ts";
import {
  faultNote,
  PlanRunner,
  type PlanRunnerOptions,
  RecentCounts,
} from "../../../../src/core/faults/plan-runner.ts";
import { type Body, bytesBody } from "../../../../src/core/model/body.ts";
import type { EventFacts } from "../../../../src/core/model/request.ts";
import { seededRandom } from "../../../../src/core/model/seeded.ts";
import { anyPlan } from "../../../helpers/fault-plans.ts";
import { sampleRequest } from "../../../helpers/samples.ts";

interface Arrival {
  readonly event?: EventFacts;
  readonly target?: string;
  readonly body?: Body;
}

type Wanted = Omit<Partial<PlanRunnerOptions>, "plan">;

/** What each request meets, `-` for nothing. */
async function notesOf(plan: string, arrivals: readonly Arrival[], wanted: Wanted = {}): Promise<readonly string[]> {
  const runner = new PlanRunner({ plan: parsePlan(plan), per: "event", ...wanted });
  const notes: string[] = [];
  for (const { event = { eventId: "evt_1" }, ...parts } of arrivals) {
    const met = await runner.meet(sampleRequest(parts), event);
    notes.push(met ? faultNote(met).replace("fault: ", "") : "-");
  }
  return notes;
}

const times = (count: number, arrival: Arrival = {}): readonly Arrival[] =>
  Array.from({ length: count }, () => arrival);

describe("the attempts of an event", () => {
  test("meet one fault after the other, and then what stays", async () => {
    expect(await notesOf("500x2,ok,after:reset", times(5))).toEqual([
      "500 (1 of 2)",
      "500 (2 of 2)",
      "-",
      "after:reset",
      "after:reset",
    ]);
  });

  test("meet nothing behind a last fault with a count", async () => {
    expect(await notesOf("timeout:20sx1", times(3))).toEqual(["timeout:20s", "-", "-"]);
  });

  test("count apart from those of another event, also of another provider's with the same id", async () => {
    const events = [
      { eventId: "evt_1", provider: "stripe" },
      { eventId: "evt_2", provider: "stripe" },
      { eventId: "evt_1", provider: "github" },
      { eventId: "evt_1", provider: "stripe" },
    ];
    expect(
      await notesOf(
        "500,reset",
        events.map((event) => ({ event })),
      ),
    ).toEqual(["500", "500", "500", "reset"]);
  });

  test("are told by their body where no id names them, in memory or in a file", async () => {
    const large = Buffer.from("large");
    const file: Body = {
      kind: "file",
      name: undefined,
      sizeBytes: 5,
      async *read() {
        yield large.subarray(0, 2);
        yield large.subarray(2);
      },
    };
    const bodies = [
      bytesBody(Buffer.from("a")),
      bytesBody(Buffer.from("b")),
      bytesBody(Buffer.from("a")),
      file,
      bytesBody(large),
    ];
    const arrivals = bodies.map((body) => ({ event: {}, body }));
    expect(await notesOf("500,reset", arrivals)).toEqual(["500", "500", "reset", "500", "reset"]);
  });
});

describe("what counts", () => {
  const arrivals: readonly Arrival[] = [
    { target: "/a?n=1", event: { eventId: "1" } },
    { target: "/b", event: { eventId: "1" } },
    { target: "http://host/a", event: { eventId: "2" } },
  ];

  test("may be the path without its query", async () => {
    expect(await notesOf("500,reset", arrivals, { per: "path" })).toEqual(["500", "500", "reset"]);
  });

  test("may be every request", async () => {
    expect(await notesOf("500,reset,close", arrivals, { per: "all" })).toEqual(["500", "reset", "close"]);
  });

  test("leaves out what takes no part", async () => {
    const matches: PlanRunnerOptions["matches"] = ({ target }, { eventId }) => target === "/b" && eventId === "1";
    expect(await notesOf("500,reset", [...arrivals, ...arrivals], { matches })).toEqual([
      "-",
      "500",
      "-",
      "-",
      "reset",
      "-",
    ]);
  });

  test("is forgotten for the event that was away the longest, from 10,000 others on", async () => {
    const others = Array.from({ length: 9999 }, (_, at) => ({ event: { eventId: `other_${at}` } }));
    const one = { event: { eventId: "evt_1" } };
    expect((await notesOf("500,reset", [one, ...others, one])).at(-1)).toBe("reset");
    expect((await notesOf("500,reset", [one, ...others, { event: { eventId: "last" } }, one])).at(-1)).toBe("500");
  });
});

describe("dice", () => {
  const roll = async (seed: number, share: number): Promise<readonly string[]> =>
    notesOf("500", times(1000), { chance: { share, random: seededRandom(seed) } });

  test("let so large a share take part, the same ones for the same seed", async () => {
    const met = await roll(7, 0.3);
    expect(met.filter((note) => note === "500").length).toBeGreaterThan(250);
    expect(met.filter((note) => note === "500").length).toBeLessThan(350);
    expect(await roll(7, 0.3)).toEqual(met);
    expect(await roll(8, 0.3)).not.toEqual(met);
  });

  test("of nothing and of all are sure", async () => {
    expect(new Set(await roll(7, 0))).toEqual(new Set(["-"]));
    expect(new Set(await roll(7, 1))).toEqual(new Set(["500"]));
  });

  test("are not thrown for a request that takes no part anyway", async () => {
    const of = async (isEach: boolean) => {
      const matches: PlanRunnerOptions["matches"] = ({ target }) => target === "/b";
      const arrivals = times(40, { target: "/b" }).flatMap((one) => (isEach ? [one, { target: "/a" }] : [one]));
      return (await notesOf("500", arrivals, { matches, chance: { share: 0.5, random: seededRandom(3) } })).filter(
        (_, at) => !isEach || at % 2 === 0,
      );
    };
    expect(await of(true)).toEqual(await of(false));
  });
});

test("paths that differ only at their far end are counted apart", async () => {
  const runner = new PlanRunner({ plan: parsePlan("500x1,ok"), per: "path" });
  const meet = async (target: string) => (await runner.meet(sampleRequest({ target }), {}))?.step.fault;
  const long = `/${"p".repeat(5000)}`;
  expect([await meet(`${long}a`), await meet(`${long}b`), await meet(`${long}a`)]).toEqual([
    "status",
    "status",
    undefined,
  ]);
});

test("the k-th request meets the k-th item of the plan written out in full", async () => {
  await fc.assert(
    fc.asyncProperty(anyPlan, async (plan) => {
      const few = plan.map((step) => (step.times === undefined ? step : { ...step, times: Math.min(step.times, 4) }));
      const full = few.flatMap((step) => Array.from({ length: step.times ?? 3 }, () => step));
      const runner = new PlanRunner({ plan: few, per: "all" });
      for (const step of full) {
        const met = await runner.meet(sampleRequest({}), {});
        expect(met?.step).toBe(step.fault === "ok" ? undefined : step);
      }
      if (few.at(-1)?.times !== undefined) expect(await runner.meet(sampleRequest({}), {})).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

test("a key is counted by itself, and the one that was used longest ago is forgotten", () => {
  const counts = new RecentCounts(2);
  expect(["a", "a", "b", "a", "c", "a", "b"].map((key) => counts.count(key))).toEqual([0, 1, 0, 2, 0, 3, 0]);
});
