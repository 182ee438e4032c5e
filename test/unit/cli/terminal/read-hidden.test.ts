import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { RunningBin } from "../../../helpers/bin.ts";
import { root } from "../../../helpers/sources.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { testWithTool } from "../../../helpers/tools.ts";

/** Types by itself, as soon as it reads: what was typed before that, any terminal would have shown. */
const program = `
import { writeFileSync } from "node:fs";
import { readHidden } from ${JSON.stringify(join(root, "src/cli/terminal/read-hidden.ts"))};
const say = (...words) => console.log(words.join(" "));
const typing = readHidden(process.stdin, () => say("interrupted, raw:", process.stdin.isRaw));
writeFileSync("keyboard", process.env.KEYS);
const typed = await typing;
say("typed:", JSON.stringify(typed), "raw:", process.stdin.isRaw);
process.exit(0);
`;

/** What a terminal shows while these keys are pressed. */
async function shownFor(keys: string): Promise<string> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "program.mjs"), program);
  execFileSync("mkfifo", [join(folder, "keyboard")]);
  const env = { KEYS: keys, NODE: process.execPath };
  const line = `script -qfec '"$NODE" program.mjs' /dev/null <>keyboard`;
  const { out } = await RunningBin.spawn(["sh", "-c", line], { folder, env }).ended();
  return out.replaceAll("\r", "");
}

const keys = [
  ["whsec_canary\n", '"whsec_canary"'],
  ["whsec_canary\r", '"whsec_canary"'],
  ["ab\u007f\u007f\u007fcd\b€\n", '"c€"'],
  ["wrong\u0015right\n", '"right"'],
  ["a\u001bb\u0004c\n", '"abc"'],
  ["\n", '""'],
  ["\u0004", ""],
] as const;

for (const [pressed, typed] of keys) {
  testWithTool(
    ["script", "mkfifo"],
    `what is typed on a terminal is read and not shown: ${JSON.stringify(pressed)}`,
    async () => {
      expect(await shownFor(pressed)).toMatch(new RegExp(`typed: ${typed} raw: false\\n$`));
    },
  );
}

testWithTool(["script", "mkfifo"], "Ctrl-C means what it always means, on a terminal that is as it was", async () => {
  const shown = await shownFor("whsec\u0003");
  expect(shown).toContain("interrupted, raw: false\ntyped:  raw: false\n");
  expect(shown).not.toContain("whsec");
});
