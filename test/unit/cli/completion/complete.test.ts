import { expect, test } from "vitest";
import { complete, type LiveCandidates } from "../../../../src/cli/completion/complete.ts";
import { smallTree } from "../../../helpers/small-tree.ts";

const live: LiveCandidates = { requests: async () => [], filterTerms: async () => [], providers: async () => [] };
const common = ["--db", "--config", "--no-config", "--json", "--color"];

/** The last word is being typed. */
const offered = async (line: string): Promise<readonly string[] | "files"> => {
  const completion = await complete(line.split(" "), smallTree, live);
  return completion === "files" ? completion : completion.map(({ value }) => value);
};

test.each([
  ["", ["shelf", "notes", "marks", "around", "help", "--help", "--version"]],
  ["s", ["shelf"]],
  ["shelf ", ["add", "take-out", "--help"]],
  ["shelf t", ["take-out"]],
  ["shelf add --s", ["--size"]],
  ["shelf new --wood ", ["oak", "ash"]],
  ["shelf add --wood=a", ["--wood=ash"]],
  ["shelf take-out ", "files"],
  ["shelf nothing ", []],
  ["notes ", ["burn", "--limit", "--short", ...common, "--help"]],
  ["notes burn --li", ["--limit"]],
  ["notes burn --sh", []],
  ["marks ", ["clear"]],
  ["marks red ", []],
  ["marks clear --j", ["--json"]],
])("each list of commands is offered like the first: %j offers %j", async (line, expected) => {
  expect(await offered(line)).toEqual(expected);
});

test.each([
  ["--json sh", ["shelf"]],
  ["--db x shelf a", ["add"]],
  ["--db ", "files"],
  ["shelf --config ", "files"],
  ["shelf --color=n", ["--color=never"]],
  ["--json shelf take-out --j", []],
  ["notes --limit 3 b", ["burn"]],
  ["--nothing ", []],
  ["shelf -- ", []],
  ["marks -- ", "files"],
])("flags that stand before a name are known: %j offers %j", async (line, expected) => {
  expect(await offered(line)).toEqual(expected);
});

test.each([
  ["help ", ["shelf", "notes", "marks", "around"]],
  ["help shelf ", ["add", "take-out"]],
  ["help shelf add ", []],
  ["help nothing ", []],
])("so are they behind help: %j offers %j", async (line, expected) => {
  expect(await offered(line)).toEqual(expected);
});

test("a flag that contradicts one of the same subcommand is not offered", async () => {
  expect(await offered("shelf add left --size 1 --l")).toEqual([]);
  expect(await offered("shelf add left --l")).toEqual(["--like"]);
});
