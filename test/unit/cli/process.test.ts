import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type BinOptions, type Finished, RunningBin } from "../../helpers/bin.ts";
import { root } from "../../helpers/sources.ts";
import { openStore, sampleSession } from "../../helpers/stores.ts";
import { temporaryFolder } from "../../helpers/surroundings.ts";
import { describeOnPlatform } from "../../helpers/tools.ts";

/** `runInProcess` from its source, since it ends the process that it runs in. */
const SCRIPT = `import { runInProcess } from "${root}/src/cli/process.ts"; await runInProcess(process.argv.slice(1), "1.2.3");`;

const start = (args: readonly string[], options: BinOptions = {}): RunningBin =>
  RunningBin.spawn([process.execPath, "--input-type=module", "--eval", SCRIPT, "--", ...args], options);

const run = async (args: readonly string[], options: BinOptions = {}): Promise<Finished> =>
  start(args, options).ended();

/** Prints a line with an arrow and a word in bold, and sends nothing. */
const DRY = ["send", "order.completed", "--to", "localhost:1", "--unsigned", "--dry-run", "--id", "evt_1"];

describe("a process", () => {
  test("ends with the code of its command line, after all is printed", async () => {
    const { code, out, err } = await run(["--version"]);
    expect([code, out, err]).toEqual([0, "1.2.3\n", ""]);
    expect(await run(["lisst"])).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringMatching(/^error: unknown command/) as unknown,
    });
  });

  test("reads its standard input, its folder and its environment", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "hookcli.config.json"),
      JSON.stringify({ schemes: { mine: { signature: { headers: { "X-A": "{sig}" } } } } }),
    );
    const env = { HOOKCLI_PROVIDER: "mine" };
    const args = ["send", "order.completed", "--to", "localhost:1", "--dry-run", "--unsigned", "--data", "-"];
    const { out, err } = await run(args, { folder, env, input: "typed body" });
    expect(out).toMatch(/ {2}mine order\.completed [^]*\ntyped body\n/);
    expect(err).toBe("nothing was sent (--dry-run)\n");
  });

  test("ends politely at a signal", async () => {
    const bin = start(["listen", "--port", "0"]);
    await bin.prints(/Waiting for requests/);
    bin.signal("SIGTERM");
    expect(await bin.ended()).toMatchObject({ code: 0, out: expect.stringMatching(/\n0 requests: /) as unknown });
  });

  test("has a page of a hundred columns where there is no terminal", async () => {
    const { out } = await run(["listen", "--help"], { env: { COLUMNS: "40" } });
    const widest = Math.max(...out.split("\n").map(({ length }) => length));
    expect(widest).toBeGreaterThan(90);
  });
});

describe("colour", () => {
  const BOLD = "\u001b[1mevt_1\u001b[22m";

  test.each<[string, readonly string[], NodeJS.ProcessEnv, string]>([
    ["is none in a pipe", DRY, {}, "evt_1"],
    ["is there where it is asked for", [...DRY, "--color", "always"], {}, BOLD],
    ["is asked for with an equals sign too", ["--color=always", ...DRY], { NO_COLOR: "1" }, BOLD],
    ["is what was asked last", [...DRY, "--color=always", "--color", "never"], { FORCE_COLOR: "1" }, "evt_1"],
    ["may be asked for in the environment", DRY, { FORCE_COLOR: "1" }, BOLD],
  ])("%s", async (_, args, env, begins) => {
    const { out } = await run(args, { env });
    expect(out.startsWith(`${begins}  `)).toBe(true);
  });

  test("of an error is known before the line is read; a word that is none is told without", async () => {
    expect((await run(["lisst", "--color=always"])).err).toContain("\u001b[31merror: \u001b[39m");
    const { err } = await run(["list", "--color=sometimes"]);
    expect(err).toMatch(/^error: --color cannot be "sometimes"/);
  });

  test("of another command is that command's", async () => {
    const { err, code } = await run(["listen", "--port", "0", "--", "nowhere-to-be-found", "--color=always"]);
    expect([code, err.includes("\u001b")]).toEqual([4, false]);
  });
});

describe("arrows", () => {
  test.each<[NodeJS.ProcessEnv, string]>([
    [{ LANG: "de_DE.UTF-8" }, "→"],
    [{ LANG: "C" }, "->"],
    [{ LANG: "POSIX" }, "->"],
    [{ LANG: "de_DE.ISO-8859-1" }, "->"],
    [{ LANG: "C", LC_CTYPE: "C.UTF-8" }, "→"],
    [{ LANG: "C", LC_CTYPE: "C.UTF-8", LC_ALL: "C" }, "->"],
    [{ LANG: "C", LC_CTYPE: "", LC_ALL: "en_GB.UTF-8" }, "→"],
    [{ LANG: "" }, "→"],
  ])("of %j are %s", async (env, arrow) => {
    const [head] = (await run(DRY, { env })).out.split("\n");
    expect(head).toBe(`evt_1  generic order.completed  ${arrow} http://localhost:1/`);
  });
});

test("what is on this machine is no stranger, by its name too", async () => {
  const noted = async (host: string) =>
    (await run([...DRY, "--to", `http://${host}:1`])).err.includes("is not this machine");
  expect([await noted("example.com"), await noted("127.0.0.1"), await noted(hostname())]).toEqual([true, false, false]);
});

describeOnPlatform(["linux-x64", "linux-arm64"], "of other processes it is known", () => {
  /** The 22nd field of its line in /proc, which begins behind the name. */
  const startOf = (pid: number): string =>
    readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ")[19] ?? "";

  test.each<[string, number, string, number]>([
    ["one that runs, and is the same", process.pid, startOf(process.pid), 1],
    ["one that is a later one with its number", process.pid, "1", 0],
    ["one that runs no more", 1_999_999_999, startOf(process.pid), 0],
    ["one that runs no more, of which no start is known", 1_999_999_999, "", 0],
  ])("%s", async (_, pid, processMark, sessions) => {
    const folder = temporaryFolder();
    const store = openStore({ path: join(folder, "hooks.db") });
    await store.beginSession(sampleSession({ pid, processMark }));
    const { out, err } = await run(["info", "--json", "--db", "hooks.db"], { folder });
    expect(err).toBe("");
    expect((JSON.parse(out) as { readonly sessions: readonly unknown[] }).sessions).toHaveLength(sessions);
  });
});
