import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderCliPage } from "../../scripts/docs/cli-page.ts";
import { renderConfigPage } from "../../scripts/docs/config-page.ts";
import { configKeys } from "../../src/cli/config/config-shape.ts";
import { run } from "../../src/cli/run.ts";
import { describeSettings } from "../../src/cli/settings/describe-settings.ts";
import { Flags } from "../../src/cli/settings/flags.ts";
import { usualMask } from "../../src/core/model/mask.ts";
import { smallTree, type Told } from "../helpers/small-tree.ts";
import { recordedSurroundings } from "../helpers/surroundings.ts";

interface Scene {
  readonly env?: Readonly<Record<string, string>>;
  /** What the project's configuration file holds. */
  readonly config?: unknown;
}

/** Runs a line against a small tree of commands, with the whole program. */
async function say(line: string, { env = {}, config }: Scene = {}) {
  const recorded = await recordedSurroundings({ env });
  if (config !== undefined) writeFileSync(join(recorded.folder, "hookcli.config.json"), JSON.stringify(config));
  const code = await run(line === "" ? [] : line.split(" "), recorded.at, "1.2.3", smallTree);
  return { code, out: await recorded.out(), err: await recorded.err() };
}

/** What the command that was called had to say. */
async function tell(line: string, scene: Scene = {}): Promise<Told> {
  const { code, out, err } = await say(line, scene);
  expect([line, code, err]).toEqual([line, 0, ""]);
  return JSON.parse(out) as Told;
}

describe("a subcommand is called", () => {
  test.each([
    ["shelf add left --size 2m", "shelf add", ["left"], { size: "2m" }],
    ["shelf new left", "shelf add", ["left"], {}],
    ["--json shelf add left", "shelf add", ["left"], { json: true }],
    ["shelf --json --db x add left --wood oak", "shelf add", ["left"], { json: true, db: "x", wood: "oak" }],
    ["shelf take-out book --json", "shelf take-out", ["book"], { json: true }],
    ["notes burn old --limit 3 --json", "notes burn", ["old"], { limit: "3", json: true }],
    ["notes -n 3 --json", "notes", [], { limit: "3", json: true }],
    ["notes --limit 3 burn old", "notes burn", ["old"], { limit: "3" }],
    ["marks --limit 2 red", "marks", ["red"], { limit: "2" }],
    ["marks clear", "marks clear", [], {}],
    ["marks -- clear", "marks", ["clear"], {}],
    ["around -- ls --json", "around", ["ls", "--json"], {}],
  ])("%s", async (line, called, words, set) => {
    expect(await tell(line)).toEqual({ called, words, set });
  });
});

describe("a line that makes no sense: exit 2, and what would make sense", () => {
  test.each([
    ["shlf add", "unknown command 'shlf' (Did you mean shelf?)", "hookcli"],
    ["shelf ad left", "unknown command 'ad' (Did you mean add?)", "hookcli shelf"],
    ["shelf --db x ad", "unknown command 'ad' (Did you mean add?)", "hookcli shelf"],
    ["help shelf ad", "unknown command 'ad' (Did you mean add?)", "hookcli shelf"],
    ["shelf ad --help", "unknown command 'ad' (Did you mean add?)", "hookcli shelf"],
    ["notes brun", "unknown command 'brun' (Did you mean burn?)", "hookcli notes"],
    ["notes --short brun", "unknown command 'brun' (Did you mean burn?)", "hookcli notes"],
    ["shelf add", "missing required argument 'name'", "hookcli shelf add"],
    ["shelf add left --szie 1", "unknown option '--szie' (Did you mean --size?)", "hookcli shelf add"],
    ["shelf --size 1 add left", "unknown option '--size'", "hookcli shelf"],
    ["notes --short burn", "unknown option '--short'", "hookcli notes burn"],
    ["notes -- burn", "too many arguments for 'notes'. Expected 0 arguments but got 1: burn.", "hookcli notes"],
    ["shelf add left --like a --size 1", "--like and --size exclude each other", "hookcli shelf add"],
    ["shelf add left --like a --like b", "--like was given twice", "hookcli shelf add"],
    ["shelf add left --oiled", "--oiled says nothing without --wood", "hookcli shelf add"],
    [
      "around ls",
      '"ls" stands alone: a target is given with --forward, a command to run stands behind --',
      "hookcli around",
    ],
  ])("%s", async (line, problem, command) => {
    const err = `error: ${problem}\n  ${command} --help shows how it is used.\n`;
    expect(await say(line)).toEqual({ code: 2, out: "", err });
  });
});

describe("help", () => {
  test.each(["shelf", "--json shelf", "shelf --help", "help shelf", "shelf -h --json"])(
    "%s lists the subcommands, as hookcli alone lists the commands",
    async (line) => {
      const { code, out, err } = await say(line);
      expect([code, err]).toEqual([0, ""]);
      expect(out).toMatch(/^Usage: hookcli shelf \[options\] \[command\]\n\nPut up shelves, and use them\n/);
      expect(out).toMatch(/\nCommands:\n {2}add \[options\] <name> +Put up one more of them\n {2}take-out /);
      expect(out).toMatch(/\nExamples:\n {2}hookcli shelf add left\n/);
      expect(out).not.toMatch(/--json|help \[command\]/);
    },
  );

  test.each(["help notes", "notes --help"])("%s tells of its own flags too", async (line) => {
    const { code, out } = await say(line);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: hookcli notes \[options\] \[command\]\n/);
    expect(out).toMatch(
      /\n {2}-n, --limit <number> [^]*\n {2}--json [^]*\nCommands:\n {2}burn \[options\] \[note\.\.\.\] /,
    );
  });

  test.each(["help shelf add", "help shelf new", "shelf add --help", "--json shelf add -h"])(
    "%s is that of the subcommand",
    async (line) => {
      const { code, out } = await say(line);
      expect(code).toBe(0);
      expect(out).toMatch(/^Usage: hookcli shelf add \[options\] <name>\n/);
      expect(out).toContain("--size <size>    how large (not with --like) (env: HOOKCLI_SHELF_SIZE)\n");
      expect(out).toContain("--oiled          with oil (with --wood)\n");
    },
  );

  test("of the program tells which commands have any", async () => {
    const { out } = await say("");
    expect(out).toMatch(
      /\n {2}shelf \[command\] +Put up shelves[^]*\n {2}notes \[options\] \[command\] +List all notes\n/,
    );
    expect(out).not.toContain("take-out");
  });
});

describe("settings", () => {
  const config = { notes: { limit: 5, burn: { limit: 7 } }, shelf: { add: { size: "1m", oiled: true } } };

  test("in a file stand in an object in that of the command, each for itself", async () => {
    expect((await tell("notes", { config })).set).toEqual({ limit: "5" });
    expect((await tell("notes burn", { config })).set).toEqual({ limit: "7" });
    expect((await tell("shelf add left", { config })).set).toEqual({ size: "1m", oiled: true });
  });

  test("come from a variable before a file, and from a flag before both", async () => {
    const env = { HOOKCLI_SHELF_SIZE: "2m" };
    expect((await tell("shelf add left", { config, env })).set).toMatchObject({ size: "2m" });
    expect((await tell("shelf add left --size 3m", { config, env })).set).toMatchObject({ size: "3m" });
  });

  test.each([
    [{ shelf: { add: { sise: 1 } } }, 'there is no setting "sise" in shelf.add', 'Did you mean "size"?'],
    [{ shelf: { size: 1 } }, 'there is no setting "size" in shelf', 'Did you mean "shelf.add.size"?'],
    [{ shelf: { add: 1 } }, "shelf.add must be an object with settings, not 1", ""],
    [{ notes: { burn: { limit: "x" } } }, 'notes.burn.limit must be a number, not "x"', ""],
  ])("%j: %s", async (wrong, problem, help) => {
    const { code, err } = await say("notes", { config: wrong });
    expect(code).toBe(2);
    expect(err).toContain(problem);
    expect(err).toContain(help);
  });

  test("are described with their keys, and where they come from", () => {
    const flags = new Flags({}, () => ({ kind: "default" }), {});
    const rows = describeSettings(smallTree, flags, { HOOKCLI_SHELF_SIZE: "2m" }, usualMask);
    expect(rows.map(({ key, value, origin }) => [key, value, origin])).toEqual([
      ["db", undefined, "default"],
      ["shelf.add.size", "2m", "environment HOOKCLI_SHELF_SIZE"],
      ["shelf.add.oiled", undefined, "default"],
      ["notes.limit", undefined, "default"],
      ["notes.burn.limit", undefined, "default"],
    ]);
  });

  test("of a command whose name has two words are written as flags are", () => {
    const flags = [{ flags: "--max-size <n>", description: "x", inFile: "number" }] as const;
    const keys = configKeys([{ name: "shelf", flags: [], subcommands: [{ name: "take-out", flags }] }]);
    expect(keys.map(({ key }) => key)).toContain("shelf.takeOut.maxSize");
  });
});

describe("the pages", () => {
  test("of the command line: a smaller heading for each, below its command", () => {
    const page = renderCliPage(smallTree);
    const headings = [...page.matchAll(/^#+ hookcli.*$/gm)].map(([heading]) => heading);
    expect(headings).toEqual([
      "## hookcli shelf",
      "### hookcli shelf add",
      "### hookcli shelf take-out",
      "## hookcli notes",
      "### hookcli notes burn",
      "## hookcli marks",
      "### hookcli marks clear",
      "## hookcli around",
    ]);
    expect(page).toContain("| [hookcli shelf take-out](#hookcli-shelf-take-out) | Take something off a shelf |");
    expect(page).toContain("```\nhookcli shelf add|take-out ...\n```");
    expect(page).toContain("```\nhookcli notes [flags]\nhookcli notes burn ...\n```");
    expect(page).toContain("```\nhookcli shelf add <name> [flags]\n```");
    expect(page).toContain("| `--like <name>` | as another one (not with --size) |");
    expect(page).toContain("| `HOOKCLI_SHELF_SIZE` | the same as `--size <size>` |");
  });

  test("of configuration: the key of each, and where its object stands", () => {
    const page = renderConfigPage(smallTree);
    expect(page).toContain("The object of a subcommand stands in that of its command: `shelf.add.size`.");
    expect(page).toContain("| `notes.burn.limit` | a number | so many at most |");
  });
});
