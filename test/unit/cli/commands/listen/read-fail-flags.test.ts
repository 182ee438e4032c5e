import { describe, expect, test } from "vitest";
import { type FailFlags, readFailFlags } from "../../../../../src/cli/commands/listen/read-fail-flags.ts";
import type { SettingOrigin } from "../../../../../src/cli/config/setting-origin.ts";
import type { RawFlags } from "../../../../../src/cli/flags/flag.ts";
import { Flags } from "../../../../../src/cli/settings/flags.ts";
import { printFilter } from "../../../../../src/core/filter/print-filter.ts";
import { parseFilter } from "../../../../../src/core/filter/parse-filter.ts";
import { MOST_SEED } from "../../../../../src/core/model/seeded.ts";
import { capturedRequest } from "../../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

async function read(plan: string, raw: RawFlags = {}, origin: SettingOrigin = { kind: "flag" }): Promise<FailFlags> {
  const { at } = await recordedSurroundings();
  return readFailFlags(plan, new Flags(raw, () => origin), at);
}

describe("a plan", () => {
  test("alone is each event's own, and all requests meet it", async () => {
    expect((await read("500x2, ok")).shown).toEqual({ plan: "500x2,ok", per: "event", chance: undefined, match: "" });
  });

  test("is shown with all that stands beside it", async () => {
    const raw = { failPer: "path", failRate: "30%", seed: "7", failMatch: 'type:"a.*"  method:POST' };
    expect((await read("reset", raw)).shown).toEqual({
      plan: "reset",
      per: "path",
      chance: { share: 0.3, seed: 7 },
      match: printFilter(parseFilter('type:"a.*" method:POST')),
    });
  });

  test("is what requests meet that match", async () => {
    const { misbehaviour } = await read("500,reset", { failPer: "all", failMatch: "type:order.*" });
    const met = async (eventType: string) => (await misbehaviour.meet(capturedRequest(), { eventType }))?.note(false);
    expect([await met("order.paid"), await met("invoice.paid"), await met("order.paid")]).toEqual([
      "fault: 500",
      undefined,
      "fault: reset",
    ]);
  });
});

describe("a share", () => {
  test.each([
    ["30%", 0.3],
    ["0.3", 0.3],
    [".5", 0.5],
    ["0.5%", 0.005],
    ["100%", 1],
    ["1", 1],
    [" 7% ", 0.07],
  ])("%j is %d", async (failRate, share) => {
    expect((await read("500", { failRate })).shown.chance?.share).toBeCloseTo(share, 10);
  });

  test.each(["0", "0%", "30", "1.5", "101%", "-1%", "1e-1", "a third", "", "30 %", "%"])(
    "cannot be %j",
    async (rate) => {
      await expect(read("500", { failRate: rate })).rejects.toMatchObject({
        code: "BAD_VALUE",
        message: `--fail-rate cannot be ${JSON.stringify(rate)}: it is no share above 0% and up to 100%`,
        hint: "Write it like this: --fail-rate 30%",
      });
    },
  );

  test("has dice of its own each time, unless they are named", async () => {
    const seeds: number[] = [];
    for (let at = 0; at < 20; at += 1) seeds.push((await read("500", { failRate: "30%" })).shown.chance?.seed ?? -1);
    expect(new Set(seeds).size).toBeGreaterThan(1);
    expect(seeds.filter((seed) => seed < 0 || seed > MOST_SEED)).toEqual([]);
    expect((await read("500", { failRate: "30%", seed: "0" })).shown.chance?.seed).toBe(0);
  });
});

describe("what cannot be used is named", () => {
  test.each<[RawFlags, string, string]>([
    [{ failPer: "request" }, "BAD_VALUE", '--fail-per cannot be "request": it is not one of event, path, all'],
    [{ failRate: "30%", seed: "-1" }, "BAD_VALUE", '--seed cannot be "-1": it must be a whole number'],
    [{ failMatch: "status:5xx" }, "BAD_FILTER", "cannot use status:5xx in a filter"],
  ])("%j", async (raw, code, told) => {
    await expect(read("500", raw)).rejects.toMatchObject({ code, message: expect.stringContaining(told) as unknown });
  });

  test("a plan, with its place where nobody typed it just now", async () => {
    const problemOf = async (origin: SettingOrigin) =>
      read("500,rest", {}, origin).then(
        () => undefined,
        (error: unknown) => error,
      );
    const typed = await problemOf({ kind: "flag" });
    expect(typed).toMatchObject({ code: "BAD_FAULT_PLAN", details: { item: "rest" } });
    expect((typed as Error).message).not.toContain("(in ");
    const message = (place: string): unknown => expect.stringMatching(new RegExp(`\\(in ${place}\\)$`)) as unknown;
    expect(await problemOf({ kind: "environment", variable: "HOOKCLI_FAIL" })).toMatchObject({
      code: "BAD_FAULT_PLAN",
      details: { item: "rest" },
      message: message("HOOKCLI_FAIL"),
    });
    expect(await problemOf({ kind: "file", key: "listen.fail", place: "x.json:1:2" })).toMatchObject({
      message: message("listen\\.fail \\(x\\.json:1:2\\)"),
    });
  });
});
