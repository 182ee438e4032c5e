import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  hasSecretFlag,
  readGivenBody,
  readShuffleSeed,
  readTargets,
  readValueEdits,
} from "../../../../src/cli/flag-groups/read-sending.ts";
import type { RawFlags } from "../../../../src/cli/flags/flag.ts";
import { type AnyFlags, Flags } from "../../../../src/cli/settings/flags.ts";
import { editJson } from "../../../../src/core/json/edit-json.ts";
import { MOST_SEED } from "../../../../src/core/model/seeded.ts";
import { targetUrl } from "../../../../src/core/model/target.ts";
import { recordedSurroundings } from "../../../helpers/surroundings.ts";

const flagsOf = (raw: RawFlags): AnyFlags => new Flags(raw, () => ({ kind: "flag" }));

describe("targets", () => {
  test("are what --to names, in its order, each once", () => {
    const to = ["9000", "localhost:8000/hooks", "http://localhost:9000"];
    expect(readTargets(flagsOf({ to }))?.map(targetUrl)).toEqual([
      "http://localhost:9000",
      "http://localhost:8000/hooks",
    ]);
  });

  test("are for somebody else to find where nothing is named", () => {
    expect([readTargets(flagsOf({})), readTargets(flagsOf({ to: [] }))]).toEqual([undefined, undefined]);
  });

  test("that are none are refused by their flag", () => {
    expect(() => readTargets(flagsOf({ to: ["8000", "ftp://x"] }))).toThrow(
      expect.objectContaining({
        code: "BAD_VALUE",
        message: '--to cannot be "ftp://x": ftp is not a way to post a request',
      }) as Error,
    );
  });
});

describe("changes of a body", () => {
  test("are first those of text, then those of JSON", () => {
    const edits = readValueEdits(flagsOf({ set: ["a=1", "b=x"], setJson: ["b=[1]"] }));
    expect(editJson('{"a":0}', edits).text).toBe('{"a":"1","b":[1]}');
    expect(readValueEdits(flagsOf({}))).toEqual([]);
  });

  test.each([
    [{ set: ["=x"] }, '--set cannot be "=x"'],
    [{ setJson: ["a={"] }, '--set-json cannot be "a={": what stands behind the = is not JSON'],
  ])("that are none are refused by their flag: %j", (raw, told) => {
    expect(() => readValueEdits(flagsOf(raw))).toThrow(
      expect.objectContaining({ code: "BAD_VALUE", message: expect.stringContaining(told) as unknown }) as Error,
    );
  });
});

describe("the seed of an order", () => {
  test("is the one that was given, thrown where none was, and none without --shuffle", () => {
    expect(readShuffleSeed(flagsOf({ shuffle: true, seed: "0" }))).toBe(0);
    expect(readShuffleSeed(flagsOf({ seed: "7" }))).toBeUndefined();
    const thrown = Array.from({ length: 50 }, () => readShuffleSeed(flagsOf({ shuffle: true })) ?? -1);
    expect(thrown.filter((seed) => !Number.isInteger(seed) || seed < 0 || seed > MOST_SEED)).toEqual([]);
    expect(new Set(thrown).size).toBeGreaterThan(1);
  });

  test("is a whole number", () => {
    const asked = (seed: string) => () => readShuffleSeed(flagsOf({ shuffle: true, seed }));
    expect(asked(String(MOST_SEED))()).toBe(MOST_SEED);
    expect(asked(String(MOST_SEED + 1))).toThrow(`--seed cannot be "${MOST_SEED + 1}"`);
    expect(asked("dice")).toThrow('--seed cannot be "dice": it must be a whole number');
  });
});

test.each<[RawFlags, boolean]>([
  [{}, false],
  [{ secret: true }, true],
  [{ secret: "whsec_1" }, true],
  [{ secret: "" }, true],
  [{ secret: false }, false],
])("whether %j asks for a signature: %s", (raw, asks) => {
  expect(hasSecretFlag(flagsOf(raw))).toBe(asks);
});

describe("a body", () => {
  test.each([
    ["a text", "käse", "käse"],
    ["an empty one", "", ""],
    ["standard input", "-", "typed"],
    ["a file from the current folder", "@body.bin", "a file"],
  ])("is %s", async (_, given, body) => {
    const { at, folder } = await recordedSurroundings({ input: "typed" });
    writeFileSync(join(folder, "body.bin"), "a file");
    const bytes = await readGivenBody(at, given);
    expect(Buffer.from(bytes ?? []).toString()).toBe(body);
    expect(bytes).toBeDefined();
  });

  test("is none where none is given, and a file that is not there is named", async () => {
    const { at, folder } = await recordedSurroundings();
    expect(await readGivenBody(at, undefined)).toBeUndefined();
    await expect(readGivenBody(at, "@missing")).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      message: `cannot read ${join(folder, "missing")} (ENOENT)`,
    });
  });
});
