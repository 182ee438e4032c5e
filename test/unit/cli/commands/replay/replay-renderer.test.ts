import { describe, expect, test } from "vitest";
import {
  type ReplayLine,
  type ReplayOutput,
  ReplayRenderer,
} from "../../../../../src/cli/commands/replay/replay-renderer.ts";
import type { Trend } from "../../../../../src/app/replaying/replay.ts";
import { jsonLinesOf } from "../../../../helpers/bin.ts";
import { answered, sampleAttempt, sampleDelivery, sampleRequest, unanswered } from "../../../../helpers/samples.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../../helpers/surroundings.ts";

const CLEAR_LINE = "\r\u001b[K";
const BAR = `${"█".repeat(12)}${"░".repeat(12)} 1 of 2  0 failed`;
const URL = "http://localhost:8000/hooks";

describe("a line", () => {
  test.each<[Trend | undefined, string]>([
    ["fixed", "  fixed"],
    ["regressed", "  regressed"],
    ["still-failing", "  still failing"],
    ["still-passing", "  still passing"],
    [undefined, ""],
  ])("says what changed: %s", async (trend, said) => {
    const { out } = await printed({ total: 1 }, (renderer) => renderer.one(passed({ trend })));
    expect(out).toBe(`#42  POST /hooks  → ${URL}  200 in 23 ms${said}\n`);
  });

  test("says which request an edited one comes from, and what a target said that refused it", async () => {
    const { out } = await printed({ total: 1 }, (renderer) =>
      renderer.one({ ...failed(), request: sampleRequest({ parentId: 7 }) }),
    );
    expect(out).toBe(`#42  POST /hooks  → ${URL}  500 in 23 ms  (edited from #7)\n  ↳ crash\n`);
  });

  test("says that a signature is a fresh one, also of an edited request", async () => {
    const { out } = await printed({ total: 1 }, (renderer) =>
      renderer.one(passed({ isResigned: true, trend: "fixed", request: sampleRequest({ parentId: 7 }) })),
    );
    expect(out).toBe(`#42  POST /hooks  → ${URL}  200 in 23 ms  fixed  re-signed  (edited from #7)\n`);
  });

  test("of success is left out with --quiet, one of failure is not", async () => {
    const { out } = await printed({ total: 1, isQuiet: true }, (renderer) => {
      renderer.one(passed());
      renderer.one(noAnswer());
    });
    expect(out).toBe(
      `#42  POST /hooks  → ${URL}  no answer: refused in 23 ms\n  ↳ ECONNREFUSED\n2 sent: 1 delivered, 1 failed\n`,
    );
  });
});

describe("the summary", () => {
  test("counts what was sent, what changed, and what was not sent", async () => {
    const { out } = await printed(
      { total: 9, isQuiet: true },
      (renderer) => {
        for (const trend of ["fixed", "fixed", "still-passing"] as const) renderer.one(passed({ trend }));
        renderer.one({ ...failed(), trend: "regressed" });
        renderer.one({ ...failed(), trend: "still-failing" });
      },
      1,
      1200,
    );
    expect(out).toMatch(/\n5 sent: 3 delivered \(2 fixed\), 2 failed \(1 regressed\), 1 skipped, 1,200 not sent\n$/);
  });

  test("is not said for one, unless it was not sent", async () => {
    expect((await printed({ total: 1 }, (renderer) => renderer.one(passed()))).out).not.toContain("sent:");
    expect((await printed({ total: 1 }, () => undefined, 0, 1)).out).toBe(
      "0 sent: 0 delivered, 0 failed, 1 not sent\n",
    );
  });
});

test("--json prints a line each and the summary, in their documented shapes, and nothing else", async () => {
  const { out, err } = await printed(
    { total: 2, isJson: true, seed: 5 },
    (renderer) => {
      renderer.one(passed({ trend: "fixed" }));
      renderer.step();
      renderer.one(failed());
      renderer.step();
    },
    0,
    0,
    { isErrTty: true, isOutTty: true },
  );
  expect(err).toBe("");
  expect(jsonLinesOf(out)).toMatchObject([
    { kind: "delivery", elsewhere: false, trend: "fixed" },
    { kind: "delivery", trend: null },
    { kind: "replayed", sent: 2, delivered: 1, failed: 1, fixed: 1, regressed: 0, skipped: 0, notSent: 0, seed: 5 },
  ]);
});

describe("the bar", () => {
  const run = (renderer: ReplayRenderer): void => {
    renderer.one(passed());
    renderer.step();
    renderer.one(passed());
  };

  test("stands on standard error where that is a terminal and the lines go elsewhere", async () => {
    const { out, err } = await printed({ total: 2 }, run, 0, 0, { isErrTty: true });
    expect(err).toBe(BAR + CLEAR_LINE);
    expect(out).not.toContain("of 2");
  });

  test("is gone before a line is printed to the same terminal", async () => {
    const { out, err } = await printed({ total: 2 }, run, 0, 0, { isErrTty: true, isOutTty: true });
    const [first, second] = out.split(BAR + CLEAR_LINE);
    expect([first, second]).toEqual([expect.stringMatching(/^#42.*\n$/), expect.stringMatching(/^#42.*\n2 sent/)]);
    expect(err).toBe("");
  });

  test.each<[string, Partial<ReplayOutput>, SurroundingsWanted]>([
    ["in a pipe", {}, { isOutTty: true }],
    ["with --quiet", { isQuiet: true }, { isErrTty: true, isOutTty: true }],
    ["for a single one", { total: 1 }, { isErrTty: true }],
  ])("is not there %s", async (_, wanted, surroundings) => {
    const { out, err } = await printed({ total: 2, ...wanted }, run, 0, 0, surroundings);
    expect(out + err).not.toMatch(/█|\r/);
  });
});

function passed(changes: Partial<ReplayLine> = {}): ReplayLine {
  return {
    request: sampleRequest(),
    delivery: sampleDelivery({ cause: "replay" }),
    trend: undefined,
    isResigned: false,
    ...changes,
  };
}

function failed(outcome = answered(500, "crash")): ReplayLine {
  return passed({ delivery: sampleDelivery({ status: "failed", attempts: [sampleAttempt({ outcome })] }) });
}

function noAnswer(): ReplayLine {
  return failed(unanswered("refused", "ECONNREFUSED"));
}

async function printed(
  wanted: Partial<ReplayOutput>,
  use: (renderer: ReplayRenderer) => void,
  skipped = 0,
  notSent = 0,
  surroundings: SurroundingsWanted = {},
): Promise<{ readonly out: string; readonly err: string }> {
  const { at, out, err } = await recordedSurroundings(surroundings);
  const renderer = new ReplayRenderer(at, { isJson: false, isQuiet: false, total: 1, seed: undefined, ...wanted });
  use(renderer);
  renderer.summary(skipped, notSent);
  return { out: await out(), err: await err() };
}
