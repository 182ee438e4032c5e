import { describe, expect, test } from "vitest";
import { homePath, storePath } from "../../../../src/cli/running/store-path.ts";
import { Flags } from "../../../../src/cli/settings/flags.ts";
import type { Surroundings } from "../../../../src/cli/terminal/surroundings.ts";
import { recordedSurroundings } from "../../../helpers/surroundings.ts";

async function pathFor(env: Surroundings["env"], db?: string): Promise<string> {
  const { at } = await recordedSurroundings();
  return storePath({ ...at, directory: "/shop", env }, new Flags({ db }, () => ({ kind: "flag" })));
}

describe("the store is", () => {
  test.each<[string, Surroundings["env"], string | undefined, string]>([
    ["where --db says, from the current folder", { HOME: "/home/me" }, "data/hooks.db", "/shop/data/hooks.db"],
    ["where --db says, from the root", { HOME: "/home/me" }, "/var/hooks.db", "/var/hooks.db"],
    ["in the data folder of its owner", { HOME: "/home/me" }, undefined, "/home/me/.local/share/hookcli/hooks.db"],
    ["there too where --db is empty", { HOME: "/home/me" }, "", "/home/me/.local/share/hookcli/hooks.db"],
    ["where XDG says", { HOME: "/home/me", XDG_DATA_HOME: "/data" }, undefined, "/data/hookcli/hooks.db"],
    [
      "not where XDG says it from nowhere",
      { HOME: "/home/me", XDG_DATA_HOME: "data" },
      undefined,
      "/home/me/.local/share/hookcli/hooks.db",
    ],
    ["where Windows keeps data", { LOCALAPPDATA: "/C/Local" }, undefined, "/C/Local/hookcli/Data/hooks.db"],
    ["below the profile", { USERPROFILE: "/C/me" }, undefined, "/C/me/.local/share/hookcli/hooks.db"],
    ["here where nobody has a home", {}, undefined, ".local/share/hookcli/hooks.db"],
  ])("%s", async (_, env, db, path) => {
    expect(await pathFor(env, db)).toBe(path);
  });
});

test.each<[string, Surroundings["env"], string]>([
  ["/home/me/hooks.db", { HOME: "/home/me" }, "~/hooks.db"],
  ["/home/meadow/hooks.db", { HOME: "/home/me" }, "/home/meadow/hooks.db"],
  ["/home/me", { HOME: "/home/me" }, "/home/me"],
  ["/hooks.db", { HOME: "" }, "/hooks.db"],
  ["/hooks.db", {}, "/hooks.db"],
])("%s is written for %j as %s", (path, env, written) => {
  expect(homePath(path, env)).toBe(written);
});
