import { expect, test } from "vitest";
import { filesBelow, textOf } from "../helpers/sources.ts";

/** These come with any system that runs the set-up itself, or with the repository's own Node. */
const THERE_ANYWAY = ["sh", "bash", "git", "mkfifo", "node", "npm"];

test("each program that a test needs is installed by the set-up, which CI runs before it", () => {
  const needs = /^needs=\((.*)\)$/m.exec(textOf("scripts/test-setup.sh"))?.[1]?.split(" ") ?? [];
  const installed = needs.map((need) => need.split(":")[0] ?? "");
  const needed = filesBelow("test", /\.test\.ts$/).flatMap((path) => toolsIn(textOf(path)));
  expect(new Set(needed).size).toBeGreaterThan(8);
  expect(needed.filter((name) => !installed.includes(name) && !THERE_ANYWAY.includes(name))).toEqual([]);
});

/** The programs that tests of a file say they cannot do without. */
function toolsIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:test|describe)WithTool\(\s*(\[[^\]]*\]|[^,]+),/g)].flatMap(([, needed = ""]) =>
    [...needed.matchAll(/"([^"]+)"/g)].flatMap(([, name = ""]) => (name === "CC" ? [] : name)),
  );
}
