import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../../../src/cli/commands/index.ts";
import { loadConfig } from "../../../../src/cli/config/load-config.ts";
import type { ConfigFile } from "../../../../src/cli/config/read-config.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

const PROJECT = "hookcli.config.json";
const OWN = ".config/hookcli/config.json";

/** Loads files below a fresh folder, which is home too, the strongest first. */
async function load(files: Readonly<Record<string, unknown>>): Promise<{
  readonly home: string;
  readonly loaded: readonly ConfigFile[];
}> {
  const home = temporaryFolder();
  const paths = Object.entries(files).map(([name, content]) => {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  });
  return { home, loaded: await loadConfig(paths, commands, { HOME: home }) };
}

test("all files are read in the order given, each with its own values and their places", async () => {
  const { home, loaded } = await load({
    [PROJECT]: { listen: { port: 1 } },
    [OWN]: { listen: { port: 2 }, routes: [] },
  });
  expect(loaded.map(({ path, settings, routes }) => [path, settings.get("listen.port"), routes])).toEqual([
    [join(home, PROJECT), { value: "1", place: join(home, `${PROJECT}:1:12`) }, undefined],
    [join(home, OWN), { value: "2", place: join(home, `${OWN}:1:12`) }, []],
  ]);
});

test("only the file in a person's own folder is their own", async () => {
  const { loaded } = await load({ [PROJECT]: {}, [OWN]: {}, ".config/other.json": {} });
  expect(loaded.map(({ isOwn }) => isOwn)).toEqual([false, true, false]);
});

test("a path may begin at home", async () => {
  const { home, loaded } = await load({ [PROJECT]: { db: "~/data/hooks.db" } });
  expect(loaded[0]?.settings.get("db")?.value).toBe(join(home, "data/hooks.db"));
});

test("no file is nothing", async () => {
  expect((await load({})).loaded).toEqual([]);
});

describe("the first that is wrong is told with its place", () => {
  test.each([
    [
      "a key that no command has",
      { [PROJECT]: {}, [OWN]: { listen: { prot: 1 } } },
      `${OWN}:1:12: there is no setting`,
    ],
    ["what is no JSON", { [PROJECT]: '{ "db" }', [OWN]: "" }, `${PROJECT}:1:8: colon expected`],
  ])("%s", async (_, files, told) => {
    await expect(load(files)).rejects.toMatchObject({
      code: "BAD_CONFIG",
      message: expect.stringContaining(told) as unknown,
    });
  });

  test("a file that is not there", async () => {
    const path = join(temporaryFolder(), PROJECT);
    await expect(loadConfig([path], commands, {})).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      message: expect.stringContaining(path) as unknown,
    });
  });
});

describe("a secret is for a provider that there is", () => {
  const scheme = { "our-shop": { signature: { headers: { "X-Shop": "{sig}" } } } };
  const secrets = { "our-shop": "env:OUR_SECRET" };

  test("be it one that another file makes known", async () => {
    const { loaded } = await load({ [PROJECT]: { secrets }, [OWN]: { schemes: scheme } });
    expect(loaded.map((file) => [file.secrets.length, file.schemes.length])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test("and a name that none has is refused", async () => {
    await expect(load({ [PROJECT]: { secrets: { strpe: "env:X" } } })).rejects.toMatchObject({
      code: "BAD_CONFIG",
      message: expect.stringContaining('there is a secret for "strpe", which is no provider') as unknown,
      hint: expect.stringContaining('Did you mean "stripe"?') as unknown,
    });
  });
});
