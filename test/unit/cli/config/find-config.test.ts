import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { findConfigFiles, homeFolder, PROJECT_FILES } from "../../../../src/cli/config/find-config.ts";
import type { Surroundings } from "../../../../src/cli/terminal/surroundings.ts";
import { recordedSurroundings, temporaryFolder } from "../../../helpers/surroundings.ts";
import { testWithTool } from "../../../helpers/tools.ts";

/** Files below a fresh folder, which is home too unless `env` says otherwise. */
async function scene(files: readonly string[], directory = ".", env?: Surroundings["env"]) {
  const { at, folder } = await recordedSurroundings(env === undefined ? {} : { env });
  for (const file of files) write(join(folder, file), "{}");
  mkdirSync(join(folder, directory), { recursive: true });
  const found = (asked?: string | false): readonly string[] =>
    findConfigFiles({ ...at, directory: join(folder, directory) }, asked).map((path) => path.replace(`${folder}/`, ""));
  return { folder, found };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe("the project's file", () => {
  test("is found upward from a folder below", async () => {
    const { found } = await scene(["shop/hookcli.config.jsonc"], "shop/src/deep");
    expect(found()).toEqual(["shop/hookcli.config.jsonc"]);
  });

  test("is the nearest one", async () => {
    const { found } = await scene(["hookcli.config.jsonc", "shop/hookcli.config.mjs"], "shop/src");
    expect(found()).toEqual(["shop/hookcli.config.mjs"]);
  });

  test("is the first by name where one folder has several", async () => {
    const files: string[] = [];
    for (const name of PROJECT_FILES.toReversed()) {
      files.push(name);
      const { found } = await scene(files);
      expect(found()).toEqual([name]);
    }
  });

  test("may be a section of package.json, but not a dependency there, nor a broken one", async () => {
    const { folder, found } = await scene([]);
    write(join(folder, "package.json"), '{ "devDependencies": { "hookcli": "^0.1.0" } }');
    expect(found()).toEqual([]);
    write(join(folder, "package.json"), '{ "hookcli": ');
    expect(found()).toEqual([]);
    write(join(folder, "package.json"), '{ "hookcli": {} }');
    expect(found()).toEqual(["package.json"]);
  });

  testWithTool(
    "mkfifo",
    "is no pipe: one that bears its name is refused, a manifest that is one is passed",
    async () => {
      const { folder, found } = await scene([], "shop");
      execFileSync("mkfifo", [join(folder, "package.json")]);
      expect(found()).toEqual([]);
      execFileSync("mkfifo", [join(folder, "hookcli.config.json")]);
      expect(() => found()).toThrow("hookcli.config.json: the file is a named pipe");
    },
  );

  test("is not looked for above the home folder", async () => {
    const above = temporaryFolder();
    write(join(above, "hookcli.config.json"), "{}");
    const home = join(above, "home");
    const { at } = await recordedSurroundings({ env: { HOME: home } });
    const directory = join(home, "shop");
    expect(findConfigFiles({ ...at, directory }, undefined)).toEqual([]);
  });

  test("is looked for up to the root where there is no home on the way", async () => {
    const { found } = await scene(["hookcli.config.json"], "shop", { HOME: "/somewhere/else" });
    expect(found()).toEqual(["hookcli.config.json"]);
  });

  test("is taken from a folder that all may write to where it is our own", async () => {
    const { folder, found } = await scene(["hookcli.config.json"]);
    chmodSync(folder, 0o777);
    expect(found()).toEqual(["hookcli.config.json"]);
  });
});

describe("a person's own file", () => {
  test("comes after the project's", async () => {
    const { found } = await scene(["hookcli.config.json", ".config/hookcli/config.json"]);
    expect(found()).toEqual(["hookcli.config.json", ".config/hookcli/config.json"]);
  });

  test("may have comments in its name's ending", async () => {
    const { found } = await scene([".config/hookcli/config.jsonc", ".config/hookcli/config.json"]);
    expect(found()).toEqual([".config/hookcli/config.jsonc"]);
  });

  test("is below XDG_CONFIG_HOME where that is an absolute path", async () => {
    const xdg = temporaryFolder();
    write(join(xdg, "hookcli/config.json"), "{}");
    const { at } = await recordedSurroundings({ env: { XDG_CONFIG_HOME: xdg } });
    expect(findConfigFiles(at, undefined)).toEqual([join(xdg, "hookcli/config.json")]);
    const { found } = await scene([".config/hookcli/config.json"], ".", { XDG_CONFIG_HOME: "relative" });
    expect(found()).toEqual([".config/hookcli/config.json"]);
  });

  test("is below APPDATA on Windows", async () => {
    const appData = temporaryFolder();
    write(join(appData, "hookcli/Config/config.json"), "{}");
    const { at } = await recordedSurroundings({ env: { APPDATA: appData } });
    expect(findConfigFiles(at, undefined)).toEqual([join(appData, "hookcli/Config/config.json")]);
  });

  test("is nowhere without a home, and the project's file still counts", async () => {
    const { found } = await scene(["hookcli.config.json", ".config/hookcli/config.json"], "shop", { HOME: undefined });
    expect(found()).toEqual(["hookcli.config.json"]);
    expect([homeFolder({ HOME: "" }), homeFolder({ USERPROFILE: "C:\\Users\\me" })]).toEqual([
      undefined,
      "C:\\Users\\me",
    ]);
  });
});

test("--config names a file from the current folder in place of the project's", async () => {
  const { found } = await scene(["hookcli.config.json", ".config/hookcli/config.json"], "shop");
  expect(found("other.json")).toEqual(["shop/other.json", ".config/hookcli/config.json"]);
});

test("--no-config means no file at all", async () => {
  const { found } = await scene(["hookcli.config.json", ".config/hookcli/config.json"]);
  expect(found(false)).toEqual([]);
});
