import { describe, expect, test } from "vitest";
import type { Command } from "../../src/cli/settings/command.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { helpOf } from "../../src/cli/program.ts";
import { filesBelow } from "../helpers/sources.ts";
import { recordedSurroundings } from "../helpers/surroundings.ts";
import { commonFlags } from "../../src/cli/flags/flag.ts";

describe.each(commands)("hookcli $name", (command) => {
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
    const help = helpOf(command.name, at);
    for (const { flags } of allFlags(command)) expect(help).toContain(`  ${flags} `);
  });

  test("has examples, and they use flags that exist", () => {
    const names = allFlags(command).flatMap(namesOf);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const { line } of command.examples) {
      expect(line).toMatch(new RegExp(`^hookcli ${command.name}(?: |$)`));
      const [ours = ""] = line.split(" -- ");
      const used = ours.split(" ").filter((word) => /^--?[a-z]/.test(word));
      expect(names).toEqual(expect.arrayContaining(used));
    }
  });

  test("loads what it does", async () => {
    expect(await command.load()).toBeTypeOf("function");
  });
});

test("each folder of src/cli/commands is a command in the list", () => {
  const folders = filesBelow("src/cli/commands", /^command\.ts$/).map((file) =>
    file.replace(/^.*\/(.*)\/command\.ts$/, "$1"),
  );
  expect(folders).toEqual(commands.map(({ name }) => name).toSorted());
  const others = filesBelow("src/cli/commands").map((file) => file.split("/")[3] ?? "");
  expect([...new Set(others)].filter((name) => !folders.includes(name))).toEqual(["index.ts"]);
});

test("names differ", () => {
  const names = commands.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

function allFlags(command: Command): readonly Command["flags"][number][] {
  return [...command.flags, ...commonFlags];
}

function namesOf({ flags }: Command["flags"][number]): readonly string[] {
  return flags.match(/--?[a-z-]+/g) ?? [];
}
