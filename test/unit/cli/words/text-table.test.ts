import { expect, test } from "vitest";
import { styled } from "../../../../src/cli/terminal/printer.ts";
import { TextTable } from "../../../../src/cli/words/text-table.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../helpers/surroundings.ts";

const COLUMNS = [{ name: "ID" }, { name: "NAME", least: 4 }, { name: "SOURCE", gives: 1 }] as const;

async function printed(rows: readonly (readonly string[])[][], wanted: SurroundingsWanted = {}, indent = 0) {
  const { at, out } = await recordedSurroundings(wanted);
  const table = new TextTable(at, COLUMNS, indent);
  for (const page of rows) table.print(page);
  return out();
}

test("a heading comes once, and columns never become narrower", async () => {
  expect(await printed([[["1", "longest", "x"]], [["22", "b", "y"]]])).toBe(
    "ID  NAME     SOURCE\n1   longest  x\n22  b        y\n",
  );
});

test("nothing is printed of no rows", async () => {
  expect(await printed([[]])).toBe("");
});

test("on a terminal columns give way and texts are cut; elsewhere nothing is", async () => {
  const rows = [[["1", "a long name", "https://example.com/a"]]];
  expect(await printed(rows, { isOutTty: true, columns: 14 }, 2)).toBe("  ID  NAME\n  1   a long …\n");
  expect(await printed(rows, { columns: 14 })).toContain("https://example.com/a");
});

test("in a pipe one very long text leaves the columns of the other rows where they are", async () => {
  const long = "x".repeat(200);
  const [heading, first, second] = (
    await printed([
      [
        ["1", long, "a"],
        ["2", "short", "b"],
      ],
    ])
  ).split("\n");
  expect(heading).toBe(`ID  ${"NAME".padEnd(60)}  SOURCE`);
  expect(first).toBe(`1   ${long}  a`);
  expect(second).toBe(`2   ${"short".padEnd(60)}  b`);
});

test("no row ends in spaces, and what a terminal would obey is escaped", async () => {
  expect(await printed([[["1", "\u001b[2J", ""]]])).toBe("ID  NAME     SOURCE\n1   \\x1b[2J\n");
});

test("styles stay with their cell", async () => {
  const { at, out } = await recordedSurroundings({ colour: 1 });
  new TextTable(at, COLUMNS).print([[styled("1", "bold"), "b", "c"]]);
  expect(await out()).toContain("\u001b[1m1 \u001b[22m");
});
