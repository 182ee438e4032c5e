import { describe, expect, test } from "vitest";
import { readCommandLine } from "../../../src/cli/command-line.ts";
import { smallTree } from "../../helpers/small-tree.ts";

const words = (line: string): readonly string[] => (line === "" ? [] : line.split(" "));
const read = (line: string) => readCommandLine(words(line), smallTree);

describe("what the parser gets", () => {
  test.each([
    ["shelf add left --size 2m", "shelf add left --size 2m"],
    ["--json shelf --db x new left", "shelf add --json --db x left"],
    ["notes --short -n 3", "notes --short -n 3"],
    ["notes -n 3 burn old", "notes burn -n 3 old"],
    ["--json marks red", "marks --json red"],
    ["-V --json", "-V --json"],
    ["--json -V", "-V --json"],
  ])("%j: names first, flags behind them: %j", (line, own) => {
    expect(read(line).own).toEqual(words(own));
  });

  test.each(["", "--json", "--db x"])("%j is asked for nothing: help", (line) => {
    expect(read(line)).toMatchObject({ path: [], own: ["--help"] });
  });

  test.each(["shelf", "--json shelf", "shelf --db x", "help shelf", "shelf --help"])(
    "%j: help for a command that has subcommands alone",
    (line) => {
      expect(read(line)).toMatchObject({ path: [{ name: "shelf" }], own: ["shelf", "--help"], isAstray: false });
    },
  );

  test.each([
    ["help", "help"],
    ["help help", "help"],
    ["--json help", "help"],
    ["help shelf add", "shelf add --help"],
    ["help shelf new", "shelf add --help"],
    ["help --json shelf -- add", "shelf add --help"],
    ["help notes", "notes --help"],
    ["help around what", "around --help"],
    ["help --wrong", "help --wrong"],
  ])("%j asks for help: %j", (line, own) => {
    expect(read(line)).toMatchObject({ own: words(own), isAstray: false });
  });

  test.each([
    ["shlf --json -h", "shlf --json"],
    ["--json shlf", "shlf --json"],
    ["shelf --json ad --help", "shelf ad --json"],
    ["notes --short brun", "notes brun --short"],
    ["help shelf ad", "shelf ad"],
    ["help shlf", "shlf"],
    ["shelf help", "shelf help"],
  ])("%j names a command that is not there: it comes first, and help is not asked for", (line, own) => {
    expect(read(line)).toMatchObject({ own: words(own), isAstray: true });
  });
});

test.each([
  ["around -- ls --json", ["around"], ["ls", "--json"]],
  ["--json around --", ["around", "--json"], []],
  ["around", ["around"], undefined],
  ["marks -- red", ["marks", "--", "red"], undefined],
])("%j: what stands behind -- is cut off where it is a command to run", (line, own, behind) => {
  expect(read(line)).toMatchObject({ own, behind });
});

test("a key in PEM stays with its flag", () => {
  const key = "-----BEGIN KEY-----\nx";
  expect(readCommandLine(["around", "--secret", key], smallTree).own).toEqual(["around", `--secret=${key}`]);
});

test.each([
  [["around", "--secret", "--json"]],
  [["around", "--secret", "-----"]],
  [["around", "--like", "-----BEGIN KEY-----"]],
])("nothing else that begins with hyphens does: %j", (args) => {
  expect(readCommandLine(args, smallTree).own).toEqual(args);
});
