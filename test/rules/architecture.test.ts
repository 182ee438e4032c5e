import { describe, expect, test } from "vitest";
import { importCircles, importGraph } from "../helpers/import-circles.ts";
import { filesBelow, importsIn, loadedWith, resolveImport, textOf } from "../helpers/sources.ts";

const model = "core/model";
const json = "core/json";
const wire = ["core/wire", "core/wire/*"];
const store = ["io/store", "io/store/*"];
const shared = ["flags", "terminal", "words", "config", "settings", "secrets", "flag-groups", "running"].map(
  (name) => `cli/${name}`,
);
const inCommand = ["core/*", "app/*", ...store, ...shared];

/**
 * What each room of src may import from the others; within itself a room is free. A file belongs to the room with the longest
 * name that fits. `x/*` stands for all rooms below x; as the name of a row for each folder there that has no row of its own.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "core/model": [],
  "core/json": [model],
  "core/schemes": [model, json],
  "core/schedules": [model],
  "core/samples": [model, json],
  "core/faults": [model, json],
  "core/filter": [model, json],
  "core/formats": [model, json],
  "core/wire/shapes": [model, "core/faults"],
  "core/wire": [model, json, "core/schemes", "core/schedules", "core/faults", "core/wire/shapes"],

  "io/files": [model],
  "io/sqlite": [model, "io/files"],
  "io/capture": [model],
  "io/delivery": [model],
  "io/store/disk": [model, "io/files", "io/sqlite"],
  "io/store/rows": [model, "io/sqlite", "io/store/disk"],
  "io/store/filter": [model, "core/filter", "io/store/rows"],
  "io/store/connection": [model, "io/files", "io/sqlite", "io/store/disk", "io/store/rows"],
  "io/store/search": [model, "core/filter", "io/sqlite", "io/store/disk", "io/store/rows", "io/store/filter"],
  "io/store/upkeep": [model, "io/files", "io/sqlite", "io/store/disk", "io/store/rows", "io/store/connection"],
  "io/store": [model, "io/sqlite", "io/store/*"],

  "app/session": [model, ...store],
  "app/delivering": [model, "core/schedules", "core/schemes", ...store, "io/delivery", "app/session"],
  "app/looking": [model, "core/filter", "core/schemes", "core/schedules", ...wire, ...store],
  "app/upkeep": [model, ...store, "app/session"],
  "app/sending": [model, json, "core/schemes", "core/samples", "core/faults", "app/delivering"],
  "app/replaying": [model, json, "core/schemes", ...store, "app/session", "app/delivering", "app/looking"],
  "app/listening": [
    model,
    "core/schemes",
    "core/faults",
    "core/filter",
    "core/schedules",
    "io/files",
    "io/capture",
    "io/delivery",
    ...store,
    "app/session",
    "app/delivering",
    "app/upkeep",
  ],

  "cli/flags": [],
  "cli/terminal": [model, "io/files", "app/session"],
  "cli/words": ["core/*", ...store, "cli/terminal"],
  "cli/config": ["core/*", "io/files", "cli/flags", "cli/terminal"],
  "cli/settings": ["core/*", "cli/flags", "cli/config", "cli/words", "cli/terminal"],
  "cli/secrets": ["core/*", "cli/settings", "cli/config", "cli/terminal"],
  "cli/flag-groups": ["core/*", "app/*", "cli/settings", "cli/flags", "cli/terminal"],
  "cli/running": [model, "app/*", "io/files", ...store, "cli/settings", "cli/terminal"],
  "cli/commands/*": inCommand,
  "cli/commands/listen": [...inCommand, "io/capture"],
  "cli/commands/init": [...inCommand, "io/files"],
  "cli/commands": ["cli/settings", "cli/commands/*"],
  "cli/completion": ["core/*", ...store, ...shared, "cli/commands"],
  cli: [model, ...shared, "cli/commands", "cli/completion"],
};

/** Which rooms may import a package or a built-in module. An npm package that is not listed here may not be imported at all. */
const owners: Readonly<Record<string, readonly string[]>> = {
  commander: ["cli", "cli/settings"],
  valibot: ["core/wire/shapes"],
  chalk: ["cli/terminal"],
  diff: ["cli/commands/diff"],
  "jsonc-parser": ["cli/config"],
  "better-sqlite3": ["io/sqlite"],
  undici: ["io/delivery"],
  "node:http": ["io/capture"],
  "node:https": ["io/capture"],
  "node:child_process": ["cli/terminal", "cli/secrets", "cli/commands/listen"],
  "node:worker_threads": ["io/sqlite", "io/store/search"],
};

/** The built-in modules that compute and touch nothing outside: all that core may use. */
const pureBuiltins = ["node:buffer", "node:crypto", "node:string_decoder", "node:url", "node:util", "node:zlib"];

describe("the import table", () => {
  test.each(filesBelow("src"))("%s imports only what its room may", (file) => {
    expect(importsIn(file, textOf(file)).flatMap((specifier) => complaint(file, specifier))).toEqual([]);
  });

  test("has a row for rooms that are there, and for no others", () => {
    const rows = new Set(filesBelow("src").map((file) => rowOf(roomOf(file) ?? "") ?? file));
    expect([...rows].toSorted()).toEqual(Object.keys(mayImport).toSorted());
  });

  test("stands in the documentation, row by row", () => {
    const rows = [...textOf("docs/architecture.md").matchAll(/^\| `src\/([a-z*/-]+)` \|[^|]*\|([^|]*)\|$/gm)];
    const documented = rows.map(([, room, cell = ""]) => [room, roomsNamedIn(cell)]);
    expect(documented).toEqual(Object.entries(mayImport).map(([room, row]) => [room, row.toSorted()]));
  });

  test("leads nowhere back up", () => {
    const rooms = [...new Set(filesBelow("src").map((file) => roomOf(file) ?? ""))];
    const graph = new Map(rooms.map((from) => [from, rooms.filter((to) => to !== from && isAllowed(from, to))]));
    expect(importCircles(graph)).toEqual([]);
  });
});

test("no files import one another in a circle, be it for a type", () => {
  expect(importCircles(importGraph(["src", "scripts", "test/helpers"]))).toEqual([]);
});

describe("the data of a command", () => {
  test.each(filesBelow("src/cli/commands", /^(?:command|flags)\.ts$/))(
    "%s loads what the start needs, and no more",
    (file) => {
      expect(startComplaints(file, textOf(file))).toEqual([]);
    },
  );
});

describe("the checker itself", () => {
  test.each([
    ["src/core/filter/parse.ts", "../model/ids.ts"],
    ["src/core/filter/parse.ts", "./tokens.ts"],
    ["src/io/store/search/worker.ts", "../rows/tables.ts"],
    ["src/app/listening/pipeline.ts", "../../io/delivery/attempt.ts"],
    ["src/cli/commands/listen/action.ts", "../../../app/listening/session.ts"],
    ["src/cli/commands/listen/action.ts", "./renderer.ts"],
    ["src/cli/commands/listen/action.ts", "../../../core/wire/shapes/index.ts"],
    ["src/cli/commands/index.ts", "./listen/command.ts"],
    ["src/cli/commands/endpoints/command.ts", "./add/command.ts"],
    ["src/cli/commands/endpoints/add/action.ts", "./read-flags.ts"],
    ["src/cli/commands/endpoints/add/action.ts", "../endpoint-table.ts"],
    ["src/cli/commands/endpoints/add/action.ts", "../../../settings/flags.ts"],
    ["src/io/delivery/attempt.ts", "undici"],
    ["src/core/schemes/stripe.ts", "node:crypto"],
  ])("allows %s to import %s", (file, specifier) => {
    expect(complaint(file, specifier)).toEqual([]);
  });

  test.each([
    ["src/core/filter/parse.ts", "../schemes/index.ts"],
    ["src/core/wire/shapes/index.ts", "../request-json.ts"],
    ["src/core/model/clock.ts", "node:fs"],
    ["src/io/store/rows/requests.ts", "../../capture/server.ts"],
    ["src/io/store/rows/requests.ts", "../store.ts"],
    ["src/io/store/rows/requests.ts", "better-sqlite3"],
    ["src/app/listening/pipeline.ts", "../../io/sqlite/open.ts"],
    ["src/app/listening/pipeline.ts", "../../cli/terminal/exit.ts"],
    ["src/app/delivering/lane.ts", "../sending/send-event.ts"],
    ["src/cli/words/units.ts", "../settings/flags.ts"],
    ["src/cli/commands/send/action.ts", "../listen/read-flags.ts"],
    ["src/cli/commands/send/action.ts", "../index.ts"],
    ["src/cli/commands/endpoints/add/action.ts", "../list/read-flags.ts"],
    ["src/cli/commands/endpoints/add/action.ts", "../../listen/read-flags.ts"],
    ["src/cli/commands/endpoints/add/action.ts", "../command.ts"],
    ["src/cli/commands/endpoints/action.ts", "./list/action.ts"],
    ["src/cli/commands/endpoints/command.ts", "./list/flags.ts"],
    ["src/cli/commands/index.ts", "./endpoints/add/command.ts"],
    ["src/cli/commands/send/action.ts", "../../program.ts"],
    ["src/cli/commands/send/action.ts", "commander"],
    ["src/cli/main.ts", "../ui/page.ts"],
    ["src/cli/main.ts", "left-pad"],
    ["src/cli/main.ts", "./run.js"],
    ["src/stray.ts", "./cli/main.ts"],
  ])("stops %s from importing %s", (file, specifier) => {
    expect(complaint(file, specifier)).toHaveLength(1);
  });

  test.each([
    [`import { run } from "./action.ts";`, 1],
    [`import { Flags } from "../../settings/flags.ts";`, 1],
    [`import { readFilter } from "../../flag-groups/read-filter.ts";`, 1],
    [`import { faults } from "../../../core/faults/index.ts";`, 1],
    [`import type { Command } from "../../settings/command.ts";`, 0],
    [`import { filterFlags } from "../../flag-groups/filter-flags.ts";`, 0],
    [`import { faultNames } from "../../../core/faults/fault-names.ts";`, 0],
    [`export const load = async () => import("./action.ts");`, 0],
    [`import { add } from "./add/command.ts";`, 0],
    [`import { add } from "./add/action.ts";`, 1],
  ])("finds in the data of a command with %s so many faults: %i", (text, count) => {
    expect(startComplaints("src/cli/commands/send/command.ts", text)).toHaveLength(count);
  });

  test.each([
    [`import { flags } from "./flags.ts";`, 0],
    [`import { flags } from "../flags.ts";`, 0],
    [`import type { CommandOf } from "../../../settings/command.ts";`, 0],
    [`import { filterFlags } from "../../../flag-groups/filter-flags.ts";`, 0],
    [`import { list } from "../list/command.ts";`, 1],
    [`import { table } from "../endpoint-table.ts";`, 1],
    [`import { flags } from "../../listen/flags.ts";`, 1],
    [`import { add } from "./action.ts";`, 1],
  ])("finds in the data of a subcommand with %s so many faults: %i", (text, count) => {
    expect(startComplaints("src/cli/commands/endpoints/add/command.ts", text)).toHaveLength(count);
  });

  test.each<[string, Readonly<Record<string, readonly string[]>>, readonly (readonly string[])[]]>([
    ["nothing", { a: ["b", "c"], b: ["c"], c: [] }, []],
    ["two", { a: ["b"], b: ["a"] }, [["a", "b"]]],
    ["a file by itself", { a: ["a"], b: ["a"] }, [["a"]]],
    ["a long one, and not what leads to it", { z: ["a"], a: ["b"], b: ["c"], c: ["a", "d"], d: [] }, [["a", "b", "c"]]],
    ["two that share a file as one", { a: ["b", "c"], b: ["a"], c: ["a"] }, [["a", "b", "c"]]],
    [
      "two that do not",
      { a: ["b"], b: ["a", "c"], c: ["d"], d: ["c"] },
      [
        ["c", "d"],
        ["a", "b"],
      ],
    ],
  ])("finds circles: %s", (_, graph, circles) => {
    expect(importCircles(new Map(Object.entries(graph)))).toEqual(circles);
  });

  test("sees static, dynamic, type and re-exporting imports", () => {
    const text = `import type { A } from "a"; import "b"; export * from "c"; export { d } from "d";
      const e = await import("e"); type F = import("f").F;`;
    expect([...importsIn("x.ts", text)].sort()).toEqual(["a", "b", "c", "d", "e", "f"]);
  });
});

function complaint(file: string, specifier: string): readonly string[] {
  const room = roomOf(file);
  if (room === undefined) return [`${file} lies in no room of the table`];
  if (specifier.startsWith(".")) return localComplaint(file, room, specifier);
  return packageComplaint(room, specifier);
}

function localComplaint(file: string, room: string, specifier: string): readonly string[] {
  if (!/\.(?:tsx?|json|css)$/.test(specifier)) return [`${specifier}: a local import ends in .ts`];
  const target = resolveImport(file, specifier);
  const targetRoom = roomOf(target);
  const isFree = targetRoom === room ? isWithinReach(file, target) : isAllowed(room, targetRoom ?? "");
  if (isFree && !isPassedOver(file, target)) return [];
  return [`${room} may not import ${target}`];
}

/**
 * In the room of a command each subcommand has a folder: it reaches what lies beside that folder, and nothing of the others.
 * The command itself reaches their data alone, and they not its own.
 */
function isWithinReach(file: string, target: string): boolean {
  const [from, to] = [subcommandOf(file), subcommandOf(target)];
  if (from === to) return true;
  return from === undefined
    ? file.endsWith("/command.ts") && target.endsWith("/command.ts")
    : to === undefined && !target.endsWith("/command.ts");
}

/** A subcommand is listed by its command, not by the list of commands. */
function isPassedOver(file: string, target: string): boolean {
  return file === "src/cli/commands/index.ts" && subcommandOf(target) !== undefined;
}

/** `add` for what lies in `src/cli/commands/endpoints/add`. */
function subcommandOf(file: string): string | undefined {
  return /^src\/cli\/commands\/[a-z-]+\/([a-z/-]+)\//.exec(file)?.[1];
}

function packageComplaint(room: string, specifier: string): readonly string[] {
  const name = specifier.startsWith("node:") ? specifier : specifier.replace(/^((?:@[^/]+\/)?[^/]+).*$/, "$1");
  const allowed = owners[name];
  if (allowed !== undefined) return allowed.includes(room) ? [] : [`${name} belongs to ${allowed.join(", ")}`];
  if (!name.startsWith("node:")) return [`${name} has no owner in the table of packages`];
  if (room.startsWith("core/") && !pureBuiltins.includes(name)) return [`core does no I/O, so it may not use ${name}`];
  return [];
}

/** Every start loads the data of every command: flags and lists of names, and types, which cost nothing. */
function startComplaints(file: string, text: string): readonly string[] {
  const atStart = loadedWith(file, text);
  return importsIn(file, text).flatMap((specifier) => {
    const target = resolveImport(file, specifier);
    const isData = /^src\/cli\/(?:flags\/|flag-groups\/[a-z-]+-flags\.ts$)|-names\.ts$/.test(target);
    // Its own, those that its command has for all of its subcommands, and the data of these.
    const isOfCommand = /^\.\.?\/flags\.ts$|^\.\/[a-z-]+\/command\.ts$/.test(specifier);
    const isLater = specifier === "./action.ts" || /^src\/cli\/settings\/(?:command|flags)\.ts$/.test(target);
    return isData || isOfCommand || (isLater && !atStart.includes(specifier))
      ? []
      : [`the data of a command may not load ${target}`];
  });
}

/** `core/model`, `io/store/rows`, `cli/commands/listen`, ...: where a file lies, as the table sees it. */
function roomOf(file: string): string | undefined {
  const folders = file.split("/").slice(1, -1);
  const names = folders.map((_, index) => folders.slice(0, folders.length - index).join("/"));
  return names.find((name) => rowOf(name) !== undefined);
}

function roomsNamedIn(cell: string): readonly string[] {
  const named = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  return [...named, ...(cell.includes("the eight shared rooms") ? shared : [])].toSorted();
}

/** The row of the table that a room has. */
function rowOf(room: string): string | undefined {
  const names = [room, room.replace(/[^/]+$/, "*")];
  return names.find((name) => Object.hasOwn(mayImport, name));
}

function isAllowed(from: string, to: string): boolean {
  const row = mayImport[rowOf(from) ?? ""] ?? [];
  return row.some((entry) => entry === to || (entry.endsWith("/*") && to.startsWith(entry.slice(0, -1))));
}
