import { expect, test } from "vitest";
import { textOf } from "../helpers/sources.ts";

const TRY_IT = "npm ci && npx hookcli listen --forward localhost:8000";
const TEST_IT = "npm ci && npm run test:setup && npm test";

test("the README's first two commands set hookcli up and test it", () => {
  expect(commandsIn(textOf("README.md")).slice(0, 2)).toEqual([TRY_IT, TEST_IT]);
});

test("CI runs the README's test command and no other npm command", () => {
  const npmLines = textOf(".ci/run")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /\b(?:npm|npx)\b/.test(line) && !line.startsWith("#"));
  expect(npmLines).toEqual([TEST_IT]);
});

/** The lines of all fenced blocks, without prompts, comments and blank lines. */
function commandsIn(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```[^\n]*\n(.*?)^```/gms)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .map((line) => line.replace(/^\$ /, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}
