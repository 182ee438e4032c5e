import { describe, expect, test } from "vitest";
import { jsonLinesOf, runBin } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { textOf } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

const { version } = JSON.parse(textOf("package.json")) as { version: string };

describe("a command line that makes no sense: exit 2, and what would make sense", () => {
  test.each([
    [["lisen"], "unknown command 'lisen' (Did you mean listen?)", "hookcli --help"],
    [["listen", "--fowrard", "8000"], "unknown option '--fowrard' (Did you mean --forward?)", "hookcli listen --help"],
    [["show"], "missing required argument 'request'", "hookcli show --help"],
    [["show", "1", "--headers", "--body"], "--headers and --body exclude each other", "hookcli show --help"],
    [["help", "lst"], "unknown command 'lst' (Did you mean list?)", "hookcli --help"],
    [["lst", "--help"], "unknown command 'lst' (Did you mean list?)", "hookcli --help"],
    [["list", "--limit"], "option '-n, --limit <number>' argument missing", "hookcli list --help"],
    [["listen", "--ephemeral", "--db", "x.db"], "--ephemeral and --db exclude each other", "hookcli listen --help"],
  ])("%j", async (args, problem, help) => {
    const { code, out, err } = await runHere(args);
    expect({ code, out, err }).toEqual({
      code: 2,
      out: "",
      err: `error: ${problem}\n  ${help} shows how it is used.\n`,
    });
  });

  test.each([
    [["listen", "--port", "70000"], '--port cannot be "70000": it must be a whole number from 0 to 65535'],
    [["listen", "--forward", "ftp://x"], '--forward cannot be "ftp://x": ftp is not a way to post a request'],
    [["listen", "--forward", ""], '--forward cannot be "": it is not an address'],
    [["listen", "--timeout", "5"], '--timeout cannot be "5": it is not a duration'],
    [["listen", "--max-body", "big"], '--max-body cannot be "big": it is not a size'],
    [["listen", "--respond", "99"], '--respond cannot be "99": it is not a status from 200 to 599, or status:body'],
    [["listen", "--on-error", "queue"], '--on-error cannot be "queue": it is not one of 502, ack'],
    [["listen", "--path", "hooks"], '--path cannot be "hooks": a path starts with /'],
    [["listen", "--events", ","], '--events cannot be ",": it names no type of event; without it all are forwarded'],
    [["listen", "-H", "no colon"], '--header cannot be "no colon": it is not a header'],
    [["show", "newest"], 'a request cannot be "newest": it is neither an id nor latest nor the id of an event'],
    [["list", "--color", "sometimes"], '--color cannot be "sometimes": it is not one of always, never, auto'],
    [["list", "--limit", "0"], '--limit cannot be "0": it must be a whole number from 1 to 1000000'],
  ])("%j", async (args, message) => {
    const { code, out, err } = await runHere(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err.split("\n")[0]).toBe(`error: ${message}`);
    expect(err.split("\n")[1]).toMatch(/^ {2}Write it like this: \S/);
  });
});

describe("a command line in another order, or with another word for a command", () => {
  test.each([
    [
      ["--json", "show", "42"],
      ["show", "42", "--json"],
    ],
    [
      ["--color", "never", "--no-config", "show", "42"],
      ["show", "42", "--no-config", "--color=never"],
    ],
    [
      ["--db=./other.db", "info"],
      ["info", "--db", "./other.db"],
    ],
    [["resend"], ["replay"]],
    [
      ["redeliver", "--help"],
      ["replay", "--help"],
    ],
    [
      ["help", "trigger"],
      ["send", "--help"],
    ],
    [["--json"], ["--help"]],
    [["help", "help"], ["--help"]],
  ])("%j means %j", async (args, meant) => {
    const folder = temporaryFolder();
    const said = await runHere(args, { folder });
    expect(said).toEqual(await runHere(meant, { folder }));
  });
});

describe("exit codes", () => {
  test("3: what was asked for is not there", async () => {
    const { code, out, err } = await runHere(["show", "42"]);
    expect([code, out]).toEqual([3, ""]);
    expect(err).toMatch(/^error: there is no request 42 in \S+hooks\.db\n {2}hookcli list shows what is stored\n$/);
  });

  test("with --json the error is one documented object on standard error", async () => {
    const { code, out, err } = await runHere(["show", "latest", "--json"]);
    expect([code, out]).toEqual([3, ""]);
    expect(jsonLinesOf(err)).toEqual([expect.objectContaining({ code: "REQUEST_NOT_FOUND", exit: 3 })]);
  });

  test("HOOKCLI_DEBUG shows where it happened", async () => {
    const { err } = await runHere(["show", "42"], { env: { HOOKCLI_DEBUG: "1" } });
    expect(err).toMatch(/HookcliError: there is no request 42[^]*\n {4}at /);
  });
});

describe("help", () => {
  test.each([[[]], [["--help"]], [["help"]]])("%j lists the commands, on standard output, exit 0", async (args) => {
    const { code, out, err } = await runHere(args);
    expect([code, err]).toEqual([0, ""]);
    for (const name of ["listen", "list", "show", "replay"]) expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
    expect(out).toContain("Start with: hookcli listen --forward localhost:8000\n");
  });

  test.each(["listen", "list", "show", "replay"])("for %s: flags and examples", async (name) => {
    const { code, out } = await runHere(["help", name]);
    expect(code).toBe(0);
    expect(out).toMatch(/\nExamples:\n {2}hookcli /);
    expect(out).toBe((await runHere([name, "--help"])).out);
  });

  test.each(["--version", "-V"])("%s prints the version and nothing else", async (flag) => {
    const { code, out, err } = await runBin([flag]);
    expect([code, out, err]).toEqual([0, `${version}\n`, ""]);
  });
});

describe("what is loaded", () => {
  const heavy = ["undici", "better-sqlite3", "chalk", "http"];

  test.each([
    ["--help", []],
    ["--version", []],
    ["help listen", []],
    ["listen --help", []],
    ["lisen", []],
    ["list", ["better-sqlite3"]],
    ["listen --port 0 --for 1ms", ["better-sqlite3", "http"]],
    ["listen --port 0 --for 1ms --forward 8000 --color=always", ["better-sqlite3", "chalk", "http", "undici"]],
  ])("hookcli %s: of the heavy modules only %j", async (line, expected) => {
    const loaded = await modulesLoadedBy(line.split(" "));
    expect(loaded.filter((name) => heavy.includes(name)).toSorted()).toEqual(expected);
  });
});

/** Names of the npm packages and built-in modules that a command line loads. */
async function modulesLoadedBy(args: readonly string[]): Promise<readonly string[]> {
  const preload = `
    import { registerHooks } from "node:module";
    import { writeSync } from "node:fs";
    const tell = (name) => writeSync(2, "loaded:" + name + "\\n");
    registerHooks({ resolve(name, context, next) {
      const found = next(name, context);
      const inPackages = /node_modules\\/([^/]+)/.exec(found.url)?.[1];
      if (inPackages) tell(inPackages);
      return found;
    } });
    process.on("exit", () => {
      for (const entry of process.moduleLoadList) if (entry.startsWith("NativeModule ")) tell(entry.slice(13));
    });`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` };
  const { err } = await runBin(args, { env });
  return [...new Set([...err.matchAll(/^loaded:(.*)$/gm)].map(([, name]) => name ?? ""))];
}
