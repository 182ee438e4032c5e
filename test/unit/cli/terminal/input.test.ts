import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RunningBin } from "../../../helpers/bin.ts";
import { root } from "../../../helpers/sources.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

/** What a program of these lines prints that is given this on its standard input. */
async function printed(lines: string, input: string): Promise<string> {
  const folder = temporaryFolder();
  const load = `import { standardInput } from ${JSON.stringify(join(root, "src/cli/terminal/input.ts"))};\n`;
  writeFileSync(
    join(folder, "program.mjs"),
    `${load}const say = (word) => console.log(JSON.stringify(word) ?? "nothing");\n${lines}`,
  );
  const { out } = await RunningBin.spawn([process.execPath, "--no-warnings", "program.mjs"], {
    folder,
    input,
  }).ended();
  return out;
}

test("everything up to the end is read, byte for byte", async () => {
  const lines = `say([...await standardInput.readAll()].join());`;
  expect(await printed(lines, "a\r\n€")).toBe('"97,13,10,226,130,172"\n');
  expect(await printed(lines, "")).toBe('""\n');
});

test("a line comes without its end, and nothing comes behind the last", async () => {
  const lines = "say(await standardInput.readLine()); say(await standardInput.readLine());";
  expect(await printed(lines, "yes\r\n")).toBe('"yes"\nnothing\n');
});

test("a pipe is no terminal, and neither is what was closed from the start", async () => {
  expect(await printed("say(standardInput.isTty());", "")).toBe("false\n");
  const closed = `import { closeSync } from "node:fs"; closeSync(0); say(standardInput.isTty());`;
  expect(await printed(closed, "")).toBe("false\n");
});
