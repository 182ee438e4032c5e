import { expect, test } from "vitest";
import { callOf, everyCommand } from "../../../../src/cli/flags/every-command.ts";

const tree = [{ name: "a" }, { name: "b", subcommands: [{ name: "a" }, { name: "c", subcommands: [{ name: "d" }] }] }];

test("all commands of a tree, each behind the one that it belongs to", () => {
  const all = everyCommand<{ name: string; subcommands?: readonly (typeof tree)[number][] }>(tree);
  expect(all.map(({ path }) => callOf(path))).toEqual([
    "hookcli a",
    "hookcli b",
    "hookcli b a",
    "hookcli b c",
    "hookcli b c d",
  ]);
  for (const { command, path } of all) expect(path.at(-1)).toBe(command);
});
