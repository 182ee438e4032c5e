import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { warnOfSharedFolder } from "../../../../src/cli/running/warn-of-shared-folder.ts";
import { recordedSurroundings } from "../../../helpers/surroundings.ts";

test("it is said where others may put files beside a store, and nowhere else", async () => {
  const { at, folder, err } = await recordedSurroundings();
  chmodSync(folder, 0o755);
  const shared = join(folder, "shared");
  mkdirSync(shared);
  chmodSync(shared, 0o1777);
  warnOfSharedFolder(at, join(folder, "hooks.db"));
  warnOfSharedFolder(at, join(shared, "mine/hooks.db"));
  expect(await err()).toBe("");
  warnOfSharedFolder(at, join(shared, "hooks.db"));
  expect(await err()).toBe(
    `warning: everyone may write to ${shared}. A store in a folder of your own is out of their reach: --db <file>\n`,
  );
});
