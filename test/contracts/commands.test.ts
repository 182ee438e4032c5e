import { describe, expect, test } from "vitest";
import type { Command } from "../../src/cli/settings/command.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { helpOf } from "../../src/cli/program.ts";
import { findCommand } from "../../src/cli/settings/find-command.ts";
import { filesBelow } from "../helpers/sources.ts";
import { recordedSurroundings } from "../helpers/surroundings.ts";
import { attributeName, commonFlags, camelCase } from "../../src/cli/flags/flag.ts";
import { callOf, everyCommand } from "../../src/cli/flags/every-command.ts";

const all = everyCommand(commands).map(({ command, path }) => ({ command, path, call: callOf(path) }));

describe.each(all)("$call", ({ command, path, call }) => {
  test("has a summary without a full stop that fits into one line", () => {
    expect(command.summary).toMatch(/^[A-Z].{10,65}[^.]$/);
  });

  test("names every flag once", () => {
    const names = allFlags(command).flatMap(namesOf);
    expect(names).toEqual([...new Set(names)]);
  });

  test("tells each flag in lower case without a full stop, and that it may be repeated where it may", () => {
    for (const { flags, description, isRepeatable } of allFlags(command)) {
      expect([flags, description]).toEqual([flags, expect.stringMatching(/^(?:[a-z]|NO_).*[^.]$/)]);
      if (isRepeatable === true) expect(description).toContain("again for more");
    }
  });

  test("shows all of them in its help", async () => {
    const { at } = await recordedSurroundings();
    const names = path.map(({ name }) => name);
    const help = helpOf(names, commands, at);
    expect(help).toContain(`Usage: ${call} `);
    for (const { flags } of allFlags(command)) expect(help).toContain(`  ${flags} `);
    for (const { name, summary } of command.subcommands ?? [])
      expect(help).toMatch(new RegExp(`^  ${name} .*${summary}$`, "m"));
  });

  test("has examples, and they use flags that exist", () => {
    expect(command.examples.length).toBeGreaterThan(0);
    for (const { line } of command.examples) {
      expect(line).toMatch(new RegExp(`^${call}(?: |$)`));
      const [ours = ""] = line.split(" -- ");
      const words = ours.split(" ").slice(1);
      const shown = findCommand(commands, words).path.at(-1) ?? command;
      const used = words.filter((word) => /^--?[a-z]/.test(word));
      expect(allFlags(shown).flatMap(namesOf)).toEqual(expect.arrayContaining(used));
    }
  });

  test("loads what it does, or has subcommands and nothing that only an action could read", async () => {
    if (command.load) expect(await command.load()).toBeTypeOf("function");
    else {
      expect(command.subcommands).not.toEqual([]);
      expect(command).toMatchObject({ subcommands: expect.any(Array) as unknown, flags: [], arguments: [] });
    }
  });

  test("has a heading in the list of commands, or a command to which it belongs, and that one to none", () => {
    expect(path.length).toBeLessThanOrEqual(2);
    expect(command.group === undefined).toBe(path.length === 2);
  });

  test("has subcommands of different names, which are no settings of its own in a file", () => {
    const names = (command.subcommands ?? []).map(({ name }) => camelCase(name));
    expect(names).toEqual([...new Set(names)]);
    expect(command.flags.map(attributeName).filter((name) => names.includes(name))).toEqual([]);
  });
});

test("each folder of src/cli/commands is a command in the list, each folder in it a subcommand", () => {
  const folderOf = (file: string): string => file.split("/").slice(3, -1).join("/");
  const folders = filesBelow("src/cli/commands", /^command\.ts$/).map(folderOf);
  expect(folders).toEqual(all.map(({ path }) => path.map(({ name }) => name).join("/")).toSorted());
  const others = filesBelow("src/cli/commands").filter((file) => !folders.includes(folderOf(file)));
  expect(others).toEqual(["src/cli/commands/index.ts"]);
});

test("names differ", () => {
  const names = commands.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

function allFlags(command: Command): readonly Command["flags"][number][] {
  return command.load ? [...command.flags, ...commonFlags] : [];
}

function namesOf({ flags }: Command["flags"][number]): readonly string[] {
  return flags.match(/--?[a-z-]+/g) ?? [];
}
