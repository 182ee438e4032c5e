import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../../../src/cli/commands/index.ts";
import { printCompletion } from "../../../../src/cli/completion/print-completion.ts";
import { capturedRequest } from "../../../helpers/samples.ts";
import { openStore } from "../../../helpers/stores.ts";
import { type RecordedSurroundings, recordedSurroundings } from "../../../helpers/surroundings.ts";

async function printed(words: readonly string[], recorded?: RecordedSurroundings): Promise<string> {
  const { at, out, err } = recorded ?? (await recordedSurroundings());
  await printCompletion({ words, commands, at });
  expect(await err()).toBe("");
  return out();
}

test("each candidate has a line, its description behind a tab", async () => {
  expect(await printed(["listen", "--on-error", ""])).toBe("502\t\nack\t\n");
  expect(await printed(["lis"])).toMatch(/^listen\t[^\t\n]+\nlist\t[^\t\n]+\n$/);
});

test("a long description is cut to one line", async () => {
  const says = (await printed(["listen", "--forw"])).split("\t")[1] ?? "";
  expect(says).toMatch(/^post requests to your app.*…\n$/);
  expect(says.trimEnd()).toHaveLength(70);
});

test("where a file is wanted the shell is told so, and where nothing fits nothing is said", async () => {
  expect(await printed(["listen", "--ca", "x"])).toBe(":files\n");
  expect(await printed(["nothing", ""])).toBe("");
});

test("what a sender chose is harmless, and one line", async () => {
  const recorded = await recordedSurroundings({ env: { HOOKCLI_DB: "hooks.db" } });
  const store = openStore({ path: join(recorded.folder, "hooks.db") });
  await store.insertRequest(capturedRequest({ target: "/a\u001b[31m\tb" }), { event: { eventType: "x\ny" } });
  const lines = (await printed(["show", ""], recorded)).split("\n");
  expect(lines).toEqual([expect.stringMatching(/^1\t[^\t]*$/), "latest\tthe newest one", ""]);
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  expect(lines.join("")).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
});

test("no trouble is told, be it with the store or with the settings", async () => {
  const recorded = await recordedSurroundings({ env: { HOOKCLI_DB: "hooks.db" } });
  writeFileSync(join(recorded.folder, "hooks.db"), "no database ".repeat(100));
  writeFileSync(join(recorded.folder, "hookcli.config.json"), "{ broken");
  expect(await printed(["show", "--config", "missing.json", ""], recorded)).toBe("");
});
