import { describe, expect, test } from "vitest";
import { jsonLinesOf } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";

describe("hookcli schedules", () => {
  test("lists all that have a name, one a line, and as JSON with all that is known", async () => {
    const { code, out, err } = await runHere(["schedules"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^NAME .*\n(?:.*\n)*svix +5s,5m,30m,2h,5h,10h,10h +8 +27 h 35 min +code +https:\/\//);
    const json = jsonLinesOf((await runHere(["schedules", "--json"])).out);
    expect(json).toHaveLength(out.trimEnd().split("\n").length - 1);
  });

  test("tells about one, also by its other name, and says of those without retries why", async () => {
    expect((await runHere(["schedules", "Square"])).out).toMatch(/^square {2}Square\n[^]*\n12 +8 h +24 h 3 min\n$/);
    expect((await runHere(["schedules", "004"])).out).toMatch(/^seconds {2}/);
    expect((await runHere(["schedules", "github"])).out).toMatch(
      /\nretries +no automatic retries\n[^]*\nbecause +a failed/,
    );
  });

  test("says what delays of one's own come to, quoted or not", async () => {
    const quoted = await runHere(["schedules", "exp:1s*2^5<=60s ~10% max 72h"]);
    expect(quoted).toMatchObject({ code: 0, err: "" });
    expect(quoted.out).toMatch(/^exp:1s\*2\^5<=1m ~10% max 72h\n[^]*\n6 +16 s ±10% +31 s\n$/);
    expect((await runHere(["schedules", "1m,5m", "~10%"])).out).toMatch(/^1m,5m ~10%\n/);
    const [json] = jsonLinesOf((await runHere(["schedules", "1m,5m", "--json"])).out);
    expect(json).toMatchObject({ name: null, text: "1m,5m", delaysMs: [60_000, 300_000], most: 3 });
  });

  test.each([
    [["1m,5x"], 2, /^error: cannot use 5x in a schedule, at character 4: it is no duration\n/],
    [["linear:20s"], 2, /at character 1: it is not all there\n {2}Write it like this: linear:20s\*3/],
    [["svx"], 3, /^error: there is no schedule "svx"\n {2}Did you mean svix\?/],
    [["svix", "slack"], 2, /^error: one schedule at a time\n/],
  ])("says of %j what is wrong", async (words, code, says) => {
    const ended = await runHere(["schedules", ...words]);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(says);
  });
});
