import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openInEditor } from "../../../../src/cli/terminal/editor.ts";
import { recordedSurroundings, temporaryFolder } from "../../../helpers/surroundings.ts";

const BEFORE = Buffer.from("one\n");

/** Has a shell script for an editor; its only word is the file. */
async function edited(script: string, variable = "EDITOR"): Promise<string> {
  const path = join(temporaryFolder(), "editor.sh");
  writeFileSync(path, script);
  const { at } = await recordedSurroundings({ env: { [variable]: `sh ${path}` } });
  return Buffer.from(await openInEditor(at, "request-1.http", BEFORE)).toString();
}

test("what the editor leaves in the file comes back", async () => {
  expect(await edited('printf two >> "$1"')).toBe("one\ntwo");
  expect(await edited(":", "VISUAL")).toBe("one\n");
});

test("the file has its name's end, is only its owner's to read, and is removed afterwards", async () => {
  const seen = join(temporaryFolder(), "seen");
  await edited(`echo "$1" > ${seen}; ls -l "$1" >> ${seen}`);
  const [path = "", mode] = readFileSync(seen, "utf8").split("\n");
  expect(path).toMatch(/\/request-1\.http$/);
  expect(mode).toMatch(/^-rw-------/);
  expect(existsSync(path)).toBe(false);
  expect(statSync(seen).isFile()).toBe(true);
});

test("an editor that says that it failed has changed nothing", async () => {
  const reason = "it ended with exit code 3";
  await expect(edited("exit 3")).rejects.toMatchObject({ code: "COMMAND_NOT_STARTED", details: { reason } });
});
