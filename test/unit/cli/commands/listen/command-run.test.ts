import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { CommandRun } from "../../../../../src/cli/commands/listen/command-run.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";

const PATH = process.env["PATH"];
/** Runs long enough, and ends by itself where nobody is left to end it. */
const WAITS = "for turn in $(seq 2000); do sleep 0.05; done";

interface Started {
  readonly run: CommandRun;
  readonly folder: string;
}

/** Starts a script in a fresh folder; killed when the test ends. */
function started(script: string, variables: Readonly<Record<string, string>> = {}): Started {
  const folder = temporaryFolder();
  const run = new CommandRun(["sh", "-c", script]);
  run.start({ directory: folder, env: { PATH, MINE: "own", HOOKCLI_PORT: "1" } }, variables);
  onTestFinished(async () => {
    run.stop("SIGKILL");
    await run.ended;
  });
  return { run, folder };
}

/** How many processes this one has started that have not ended. */
const children = (): number => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;

/** Waits until the script has made a file of this name. */
const made = async ({ folder }: Started, name: string): Promise<void> =>
  expect.poll(() => existsSync(join(folder, name))).toBe(true);

describe("a command that runs beside the listener", () => {
  test("is named by its first word, and runs from its start to its end", async () => {
    const run = new CommandRun(["sh", "-c", "exit 7"]);
    expect([run.name, run.isRunning]).toEqual(["sh", false]);
    run.start({ directory: temporaryFolder(), env: { PATH } }, {});
    expect(run.isRunning).toBe(true);
    expect(await run.ended).toBe(7);
    expect(run.isRunning).toBe(false);
  });

  test("stands in the current folder, with its environment and what it is told besides", async () => {
    const { run, folder } = started('printf %s "$MINE $HOOKCLI_PORT $HOOKCLI_URL" > said', {
      HOOKCLI_PORT: "4400",
      HOOKCLI_URL: "http://a",
    });
    expect(await run.ended).toBe(0);
    expect(readFileSync(join(folder, "said"), "utf8")).toBe("own 4400 http://a");
  });

  test("gets its words as they are", async () => {
    const folder = temporaryFolder();
    const run = new CommandRun(["sh", "-c", 'printf "%s|" "$0" "$@" > said', "a b", "$HOME", ""]);
    run.start({ directory: folder, env: { PATH } }, {});
    await run.ended;
    expect(readFileSync(join(folder, "said"), "utf8")).toBe("a b|$HOME||");
  });

  test("that a signal killed has 128 and its number for a code", async () => {
    expect(await started("kill -9 $$").run.ended).toBe(137);
    expect(await started("kill -TERM $$").run.ended).toBe(143);
  });
});

describe("asked to end", () => {
  test("it gets the signal, and its own code counts", async () => {
    const scene = started(`trap "exit 5" TERM; : > up; ${WAITS}`);
    await made(scene, "up");
    scene.run.stop("SIGTERM");
    expect(await scene.run.ended).toBe(5);
  });

  test("where it does not listen it goes on, and can be killed", async () => {
    const scene = started(`trap "" INT; trap ": > told" TERM; : > up; ${WAITS}`);
    await made(scene, "up");
    scene.run.stop("SIGINT");
    scene.run.stop("SIGTERM");
    await made(scene, "told");
    expect(scene.run.isRunning).toBe(true);
    scene.run.stop("SIGKILL");
    expect(await scene.run.ended).toBe(137);
  });

  test("before it was started, it never is", async () => {
    const run = new CommandRun(["sh", "-c", "exit 7"]);
    run.stop("SIGTERM");
    const before = children();
    run.start({ directory: temporaryFolder(), env: { PATH } }, {});
    expect(children()).toBe(before);
    expect([await run.ended, run.isRunning]).toEqual([0, false]);
  });

  test("when it has ended, nothing changes any more", async () => {
    const { run } = started("exit 3");
    await run.ended;
    run.stop("SIGTERM");
    expect(await run.ended).toBe(3);
  });
});

describe("one that cannot be started says why, and what to do", () => {
  test.each<[readonly string[], string, string]>([
    [["nowhere-to-be-found"], "ENOENT: there is no such program", "Check its name; what a shell knows"],
    [["npm test"], "ENOENT: there is no such program", "hookcli listen -- sh -c 'npm test'"],
    [["two words", "more"], "ENOENT: there is no such program", "Check its name"],
    [["./script.sh"], "EACCES: it may not be executed", "Make it executable (chmod +x ./script.sh)"],
    [["sh", "a\0b"], "ERR_INVALID_ARG_VALUE", "Check its name"],
  ])("%j", async (words, reason, advice) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "script.sh"), "exit 0\n");
    chmodSync(join(folder, "script.sh"), 0o600);
    const run = new CommandRun(words);
    run.start({ directory: folder, env: { PATH } }, {});
    await expect(run.ended).rejects.toMatchObject({
      code: "COMMAND_NOT_STARTED",
      message: `cannot run ${JSON.stringify(words[0])} (${reason})`,
      hint: expect.stringContaining(advice) as unknown,
      cause: expect.any(Error) as unknown,
    });
    expect(run.isRunning).toBe(false);
  });
});
