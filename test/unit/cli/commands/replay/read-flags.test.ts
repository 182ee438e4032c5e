import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ReplayFlags, readReplayFlags } from "../../../../../src/cli/commands/replay/read-flags.ts";
import type { RawFlags } from "../../../../../src/cli/flags/flag.ts";
import { Flags } from "../../../../../src/cli/settings/flags.ts";
import { editJson } from "../../../../../src/core/json/edit-json.ts";
import { targetUrl } from "../../../../../src/core/model/target.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

async function read(names: readonly string[], raw: RawFlags = {}, input = ""): Promise<ReplayFlags> {
  const { at, folder } = await recordedSurroundings({ input });
  writeFileSync(join(folder, "body.bin"), "a file");
  return readReplayFlags(at, names, new Flags(raw, () => ({ kind: "flag" }), { command: "hookcli replay" }));
}

test("a request is sent once, as it is, where nothing else is asked", async () => {
  expect(await read(["42"])).toEqual({
    names: ["42"],
    filter: [],
    targets: undefined,
    times: 1,
    intervalMs: 0,
    concurrency: 1,
    seed: undefined,
    forward: {
      timeoutMs: 30_000,
      headerEdits: [],
      insecure: false,
      ca: undefined,
      preserveHost: false,
      concurrency: Infinity,
    },
    edits: { values: [], byHand: undefined, body: undefined },
    isDryRun: false,
    isRevealed: false,
    isYes: false,
    isForced: false,
    isJson: false,
    isQuiet: false,
  });
});

test("each flag says what it says", async () => {
  const { targets, edits, ...others } = await read(["40..50", "evt_1"], {
    to: ["8000", "9000"],
    times: "3",
    interval: "2s",
    concurrency: "5",
    shuffle: true,
    seed: "7",
    set: ["a=1"],
    setJson: ["b=2"],
    header: ["X-Env: dev"],
    preserveHost: true,
    dryRun: true,
    reveal: true,
    yes: true,
    force: true,
    json: true,
    quiet: true,
  });
  expect(targets?.map(targetUrl)).toEqual(["http://localhost:8000", "http://localhost:9000"]);
  expect(editJson("{}", edits.values).text).toBe('{"a":"1","b":2}');
  expect(others).toMatchObject({
    names: ["40..50", "evt_1"],
    times: 3,
    intervalMs: 2000,
    concurrency: 5,
    seed: 7,
    forward: { headerEdits: [{ name: "X-Env", value: "dev" }], preserveHost: true },
    isDryRun: true,
    isRevealed: true,
    isYes: true,
    isForced: true,
    isJson: true,
    isQuiet: true,
  });
});

test("as captured means as captured, whatever headers a file sets", async () => {
  const { forward } = await read(["42"], {
    asCaptured: true,
    header: ["X-Env: dev"],
    timeout: "1s",
    preserveHost: true,
  });
  expect(forward).toMatchObject({ headerEdits: [], timeoutMs: 1000, preserveHost: true });
});

describe("another body", () => {
  test.each([
    ["text", "text"],
    ["@body.bin", "a file"],
    ["-", "typed"],
  ])("%s", async (body, wanted) => {
    expect(String((await read(["42"], { body }, "typed")).edits.body)).toBe(wanted);
  });

  test("may be made in an editor", async () => {
    expect((await read(["42"], { edit: true })).edits.byHand).toBeTypeOf("function");
  });
});

describe("which requests", () => {
  test("may be told by a filter alone", async () => {
    expect((await read([], { failed: true })).filter).toHaveLength(1);
    expect((await read([], { type: "order.*", since: "1h" })).filter).toHaveLength(2);
  });

  test("has to be told", async () => {
    await expect(read([])).rejects.toMatchObject({
      code: "USAGE",
      message: "name a request (42, latest), a range (40..50) or a filter (--failed, --type, --since, --filter)",
      hint: "hookcli replay --help shows how it is used.",
    });
  });

  test.each(["42", "#42", "40..50", "latest", "latest:order.*"])("--secret may have taken it: %s", async (secret) => {
    await expect(read([], { secret })).rejects.toMatchObject({
      code: "USAGE",
      message: expect.stringMatching(/^no request is named: --secret has taken the word behind it/) as unknown,
    });
    // A filter says it as well.
    await expect(read([], { secret, failed: true })).resolves.toMatchObject({ names: [] });
  });

  test.each<RawFlags>([{ secret: "whsec_42" }, { secret: true }, { secret: "4 2" }])(
    "is not what %j has taken",
    async (raw) => {
      await expect(read([], raw)).rejects.toThrow(/^name a request/);
    },
  );

  test.each([
    ["nonsense", 'a request cannot be "nonsense"'],
    ["50..40", 'a range of requests cannot be "50..40": it ends before it begins'],
  ])("is none of %s", async (name, told) => {
    await expect(read(["42", name])).rejects.toMatchObject({
      code: "BAD_VALUE",
      message: expect.stringContaining(told) as unknown,
    });
  });
});

test.each<[RawFlags, string, string]>([
  [{ times: "0" }, "BAD_VALUE", '--times cannot be "0": it must be a whole number from 1 to 1000000'],
  [{ times: "1000001" }, "BAD_VALUE", '--times cannot be "1000001"'],
  [{ concurrency: "1001" }, "BAD_VALUE", '--concurrency cannot be "1001": it must be a whole number from 1 to 1000'],
  [{ interval: "soon" }, "BAD_VALUE", '--interval cannot be "soon": it is not a duration'],
  [{ to: ["ftp://x"] }, "BAD_VALUE", '--to cannot be "ftp://x"'],
  [{ set: ["=1"] }, "BAD_VALUE", '--set cannot be "=1"'],
  [{ filter: "status:often" }, "BAD_FILTER", "cannot use status:often in a filter"],
  [{ body: "@missing" }, "FILE_UNREADABLE", "missing"],
])("%j cannot be used, and it is said why", async (raw, code, told) => {
  await expect(read(["42"], raw)).rejects.toMatchObject({ code, message: expect.stringContaining(told) as unknown });
});
