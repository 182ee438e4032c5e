import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../../src/cli/commands/index.ts";
import { readCommandLine } from "../../../src/cli/command-line.ts";
import { buildProgram, helpOf, UsageProblem } from "../../../src/cli/program.ts";
import type { Command } from "../../../src/cli/settings/command.ts";
import { EXIT } from "../../../src/cli/terminal/exit.ts";
import { fillStore } from "../../helpers/filled-store.ts";
import { smallTree } from "../../helpers/small-tree.ts";
import { openStore } from "../../helpers/stores.ts";
import { recordedSurroundings } from "../../helpers/surroundings.ts";

const CANARY = "canary-1234567";

/** Parses and runs a command line; `ended` are the exit codes that were told. */
async function scene(args: readonly string[], tree: readonly Command[] = commands) {
  const recorded = await recordedSurroundings();
  const ended: number[] = [];
  const line = readCommandLine(args, tree);
  const onEnd = (code: number): void => void ended.push(code);
  const program = buildProgram(recorded.at, { commands: tree, line, version: "1.2.3", onEnd });
  const run = async () => program.parseAsync([...line.own], { from: "user" });
  const problem = async (): Promise<UsageProblem> => {
    const thrown = await run().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(UsageProblem);
    return thrown as UsageProblem;
  };
  return { ...recorded, program, ended, run, problem };
}

describe("a command line", () => {
  test("runs its command, and tells its exit code", async () => {
    const { run, ended, out } = await scene(["providers", "stripe", "--json"]);
    await run();
    expect(ended).toEqual([EXIT.ok]);
    expect(JSON.parse(await out())).toMatchObject({ kind: "provider", name: "stripe" });
  });

  test("that fails tells none", async () => {
    const { run, ended } = await scene(["show", "9"]);
    await expect(run()).rejects.toMatchObject({ code: "REQUEST_NOT_FOUND" });
    expect(ended).toEqual([]);
  });

  test("gives its command all values of a flag that may be repeated", async () => {
    const { run } = await scene(["replay", "1", "--to", "ftp://first", "--to", "8000"]);
    await expect(run()).rejects.toThrow('--to cannot be "ftp://first"');
  });

  test("takes a setting from a file where the line has none", async () => {
    const { run, folder } = await scene(["listen"]);
    writeFileSync(join(folder, "hookcli.config.json"), JSON.stringify({ listen: { port: 70_000 } }));
    await expect(run()).rejects.toThrow(/^listen\.port \(.*\) cannot be "70000"/);
  });

  test("has its own command built and no other; for an unknown one all are", async () => {
    const built = async (...args: readonly string[]) =>
      (await scene(args)).program.commands.map((command) => command.name());
    expect(await built("list")).toEqual(["list"]);
    expect(await built("lisst")).toEqual(commands.map(({ name }) => name));
    expect(await built()).toEqual(commands.map(({ name }) => name));
  });
});

describe("what was asked for to be told", () => {
  test.each([
    [["--version"], /^1\.2\.3\n$/],
    [["--help"], /^Usage: hookcli [^]*Start with: hookcli listen --forward localhost:8000\n/],
    [["help", "list"], /^Usage: hookcli list /],
    [["list", "--help"], /^Usage: hookcli list [^]*\nExamples:\n {2}hookcli list/],
  ])("%j stops the parser, and is no problem", async (args, text) => {
    const { problem, out, err } = await scene(args);
    expect((await problem()).isHelp).toBe(true);
    expect(await out()).toMatch(text);
    expect(await err()).toBe("");
  });
});

describe("a command line that makes no sense", () => {
  test.each([
    [["lisst"], "unknown command 'lisst' (Did you mean list?)", "hookcli --help"],
    [["list", "--jsn"], "unknown option '--jsn' (Did you mean --json?)", "hookcli list --help"],
    [["show"], "missing required argument 'request'", "hookcli show --help"],
    [["list", "--limit"], "option '-n, --limit <number>' argument missing", "hookcli list --help"],
  ])("%j is told with where help is, and nothing is printed", async (args, told, help) => {
    const { problem, out, err } = await scene(args);
    const thrown = await problem();
    expect(thrown.isHelp).toBe(false);
    expect(thrown.toHookcliError()).toMatchObject({
      code: "USAGE",
      message: told,
      hint: `${help} shows how it is used.`,
    });
    expect([await out(), await err()]).toEqual(["", ""]);
  });

  test("names a subcommand that is not there, of a command that does something by itself too", async () => {
    const thrown = await (await scene(["notes", "--short", "brun"], smallTree)).problem();
    expect(thrown.toHookcliError()).toMatchObject({
      message: "unknown command 'brun' (Did you mean burn?)",
      hint: "hookcli notes --help shows how it is used.",
    });
  });

  test.each([
    ["behind an unknown flag", ["send", "push", `--secrt=${CANARY}`], "unknown option '--secrt'"],
    ["over several lines", ["send", "push", `--secrt=a\n${CANARY}'`], "unknown option '--secrt'"],
    ["behind one that is like no other", ["list", `--weather=${CANARY}`], "unknown option '--weather'"],
  ])("does not repeat what stands %s: it may be a secret", async (_, args, told) => {
    const { problem } = await scene(args);
    expect((await problem()).message).toBe(told);
  });

  test("may be a term of a filter with a minus: it is said where that goes", async () => {
    const { problem } = await scene(["list", "-path:/health"]);
    expect((await problem()).message).toBe(
      "unknown option '-path:/health' (a filter term with a minus goes behind --: hookcli list -- -path:/health)",
    );
    expect((await (await scene(["list", "-x"])).problem()).message).toBe("unknown option '-x'");
  });

  test("may give a flag twice that counts once, and what was given is not repeated", async () => {
    const { run } = await scene(["send", "push", "--secret", CANARY, "--secret", "other"]);
    await expect(run()).rejects.toMatchObject({
      code: "USAGE",
      message: "--secret was given twice",
      hint: "hookcli send --help shows how it is used.",
    });
  });

  test.each([
    [["show", "1", "--headers", "--body"], "USAGE", "--headers and --body exclude each other"],
    [["listen", "--fail-per", "path"], "USAGE", "--fail-per says nothing without --fail"],
    [["list", "--color", "sometimes"], "BAD_VALUE", '--color cannot be "sometimes"'],
  ])("%j contradicts itself", async (args, code, told) => {
    const { run, ended } = await scene(args);
    await expect(run()).rejects.toMatchObject({ code, message: expect.stringContaining(told) as unknown });
    expect(ended).toEqual([]);
  });
});

describe("a command that runs another one", () => {
  test.each([
    [["listen", "8000"], '"8000" stands alone: a target is given with --forward, a command to run stands behind --'],
    [["listen", "--"], "no command stands behind --"],
  ])("%j is no command line", async (args, told) => {
    const { run } = await scene(args);
    await expect(run()).rejects.toMatchObject({
      code: "USAGE",
      message: told,
      hint: "hookcli listen --help shows how it is used.",
    });
  });

  test("gets it as it stands", async () => {
    const own = ["listen", "--port", "0", "--db", "hooks.db", "--quiet"];
    const { run } = await scene([...own, "--", "nowhere-to-be-found", "--port"]);
    await expect(run()).rejects.toMatchObject({
      code: "COMMAND_NOT_STARTED",
      details: { command: '"nowhere-to-be-found"' },
    });
  });
});

describe("secrets that are configured", () => {
  const secrets = JSON.stringify({ secrets: { stripe: CANARY } });

  async function shownAfter(args: readonly string[]): Promise<string> {
    const { run, at, out, folder } = await scene([...args, "--db", "hooks.db"]);
    writeFileSync(join(folder, "hookcli.config.json"), secrets);
    await fillStore(openStore({ path: join(folder, "hooks.db") }), 1);
    await run();
    at.out.line(`[${CANARY}]`);
    return (await out()).split("\n").at(-2) ?? "";
  }

  test("are covered in what is printed from then on", async () => {
    expect(await shownAfter(["list"])).toBe("[••••]");
  });

  test.each(["--reveal", "--raw"])("are shown to whoever asks for it: %s", async (flag) => {
    expect(await shownAfter(["show", "1", flag])).toMatch(/\[canary-1234567\]$/);
  });
});

describe("help", () => {
  test("tells of each flag its default, its variable, and how it stands to others", async () => {
    const { at } = await recordedSurroundings({ columns: 200 });
    const help = helpOf(["listen"], commands, at).replaceAll(/\s+/g, " ");
    expect(help).toContain("address to listen on (default: 127.0.0.1) (env: HOOKCLI_HOST)");
    expect(help).toContain("(with --fail) (default: event)");
    expect(helpOf(["init"], commands, at)).toContain("(not with --json)");
  });

  test("fits a narrow terminal, and is no wider than can be read", async () => {
    const widest = async (columns: number): Promise<number> => {
      const { at } = await recordedSurroundings({ columns });
      return Math.max(
        ...helpOf(["list"], commands, at)
          .split("\n")
          .filter((line) => !line.startsWith("Usage"))
          .map(({ length }) => length),
      );
    };
    expect(await widest(60)).toBeLessThanOrEqual(60);
    expect(await widest(500)).toBeLessThanOrEqual(120);
    expect(await widest(500)).toBeGreaterThan(60);
  });

  test("is that of all commands where none is named, and none where there is no such command", async () => {
    const { at } = await recordedSurroundings();
    expect(helpOf([], commands, at)).toMatch(/^Usage: hookcli \[options\] \[command\]\n[^]*\nCapture:\n {2}listen /);
    expect(helpOf(["nothing"], commands, at)).toBe("");
  });
});
