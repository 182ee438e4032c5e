import { EXIT } from "../../src/cli/terminal/exit.ts";
import type { Flag } from "../../src/cli/flags/flag.ts";
import type { Action, Command, CommandOf } from "../../src/cli/settings/command.ts";
import type { AnyFlags, FlagsOf } from "../../src/cli/settings/flags.ts";

const addFlags = [
  { flags: "--size <size>", description: "how large", env: "HOOKCLI_SHELF_SIZE", inFile: "scalar" },
  { flags: "--wood <kind>", description: "of which wood", choices: ["oak", "ash"] },
  { flags: "--like <name>", description: "as another one", isSingle: true },
  { flags: "--oiled", description: "with oil", inFile: "switch" },
] as const satisfies readonly Flag[];

const notesFlags = [
  { flags: "-n, --limit <number>", description: "how many", inFile: "number" },
  { flags: "--short", description: "without their text" },
] as const satisfies readonly Flag[];

const add: CommandOf<typeof addFlags> = {
  name: "add",
  aliases: ["new"],
  summary: "Put up one more of them",
  arguments: [{ name: "<name>", description: "what it is called" }],
  flags: addFlags,
  excludes: { like: ["size"] },
  needs: { oiled: "wood" },
  examples: [{ line: "hookcli shelf add left --size 2m", says: "a large one" }],
  load: async () =>
    told("shelf add", (flags: FlagsOf<(typeof addFlags)[number]>) => ({
      size: flags.text("size"),
      wood: flags.text("wood"),
      like: flags.text("like"),
      oiled: flags.isOn("oiled"),
    })),
};

const takeOut: CommandOf<readonly []> = {
  name: "take-out",
  summary: "Take something off a shelf",
  arguments: [{ name: "<file>", description: "what" }],
  flags: [],
  examples: [{ line: "hookcli shelf take-out book", says: "a book" }],
  load: async () => told("shelf take-out"),
};

/** Has subcommands and no action. */
const shelf: Command = {
  name: "shelf",
  group: "Manage",
  summary: "Put up shelves, and use them",
  arguments: [],
  flags: [],
  examples: [{ line: "hookcli shelf add left", says: "one more" }],
  subcommands: [add, takeOut],
};

/** Has an action without arguments, and a subcommand with a flag of the same name. */
const notes: CommandOf<typeof notesFlags> = {
  name: "notes",
  group: "Look",
  summary: "List all notes",
  arguments: [],
  flags: notesFlags,
  examples: [{ line: "hookcli notes", says: "all of them" }],
  subcommands: [
    {
      name: "burn",
      summary: "Burn some of them",
      arguments: [{ name: "[note...]", description: "which ones" }],
      flags: [{ flags: "--limit <number>", description: "so many at most", inFile: "number" }],
      examples: [{ line: "hookcli notes burn old", says: "an old one" }],
      load: async () => told("notes burn", (flags: AnyFlags) => ({ limit: flags.text("limit") })),
    },
  ],
  load: async () =>
    told("notes", (flags: FlagsOf<(typeof notesFlags)[number]>) => ({
      limit: flags.text("limit"),
      short: flags.isOn("short"),
    })),
};

/** Has an action that takes words. */
const marks: Command = {
  name: "marks",
  group: "Look",
  summary: "Look for marks",
  arguments: [{ name: "[word...]", description: "what to look for" }],
  flags: [{ flags: "--limit <number>", description: "how many" }],
  examples: [{ line: "hookcli marks red", says: "red ones" }],
  subcommands: [
    {
      name: "clear",
      summary: "Remove all marks",
      arguments: [],
      flags: [],
      examples: [{ line: "hookcli marks clear", says: "all of them" }],
      load: async () => told("marks clear"),
    },
  ],
  load: async () => told("marks", (flags: AnyFlags) => ({ limit: flags.text("limit") })),
};

/** Runs a program that it is given. */
const around: CommandOf<readonly []> = {
  name: "around",
  group: "Send",
  summary: "Run something",
  arguments: [{ name: "[-- command...]", description: "what" }],
  flags: [],
  examples: [{ line: "hookcli around -- ls", says: "ls" }],
  load: async () => told("around"),
};

/** Commands of all kinds, each of which prints as JSON which one it is, its words and what is set. */
export const smallTree: readonly Command[] = [shelf, notes, marks, around];

/** What a command of the small tree prints. */
export interface Told {
  readonly called: string;
  readonly words: readonly string[];
  /** What its flags gave, as far as they are set. */
  readonly set: Readonly<Record<string, string | boolean>>;
}

function told<Given extends FlagsOf>(
  called: string,
  read: (flags: Given) => Readonly<Record<string, string | boolean | undefined>> = () => ({}),
): Action<Given> {
  return async (at, words, flags) => {
    const values = { ...read(flags), db: flags.text("db"), json: flags.isOn("json") };
    const set = Object.entries(values).filter((entry): entry is [string, string | boolean] => Boolean(entry[1]));
    at.out.line(JSON.stringify({ called, words, set: Object.fromEntries(set) } satisfies Told));
    return EXIT.ok;
  };
}
