import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../../../../src/cli/commands/index.ts";
import { configKeys } from "../../../../../src/cli/config/config-shape.ts";
import { loadConfig } from "../../../../../src/cli/config/load-config.ts";
import type { ConfigFile } from "../../../../../src/cli/config/read-config.ts";
import { STARTER_FILE, STARTER_TEXT } from "../../../../../src/cli/commands/init/starter.ts";
import { run } from "../../../../../src/cli/run.ts";
import { recordedSurroundings, temporaryFolder } from "../../../../helpers/surroundings.ts";

test("sets the target and nothing else", async () => {
  const [file] = await load(STARTER_TEXT);
  expect([...(file?.settings.keys() ?? [])]).toEqual(["listen.forward"]);
  expect(file?.routes).toBeUndefined();
});

test("holds every setting that a file may hold, as it would have to be written", async () => {
  const [file] = await load(withCommentsOn(STARTER_TEXT));
  expect([...(file?.settings.keys() ?? [])].toSorted()).toEqual(
    configKeys(commands)
      .map(({ key }) => key)
      .toSorted(),
  );
  expect(file?.routes).toHaveLength(3);
});

test("has values that the commands take, up to the certificates that are not there", async () => {
  const { at, folder, err } = await recordedSurroundings();
  writeFileSync(join(folder, STARTER_FILE), withCommentsOn(STARTER_TEXT));
  expect(await run(["list"], at, "0.0.0")).toBe(0);
  expect(await run(["listen"], at, "0.0.0")).toBe(4);
  expect(await err()).toContain(`cannot read ${join(folder, "ca.pem")} (ENOENT)`);
});

function withCommentsOn(text: string): string {
  return text.replaceAll(/^(\s*)\/\/ (?=\s*["{}\]])/gm, "$1");
}

async function load(text: string): Promise<readonly ConfigFile[]> {
  const path = join(temporaryFolder(), STARTER_FILE);
  writeFileSync(path, text);
  return loadConfig([path], commands, {});
}
