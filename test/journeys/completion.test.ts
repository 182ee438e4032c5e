import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { binPath, jsonLinesOf, listenPlainly, post, RunningBin } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { root } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { testWithTool } from "../helpers/tools.ts";

/** What is typed, and what each shell must offer. Bash offers what follows the last colon or equals sign, zsh a file alone. */
const lines = [
  { typed: "hookcli li", offers: ["listen", "list"] },
  { typed: "hookcli show ", offers: ["2", "1", "latest"] },
  { typed: "hookcli show 1 --re", offers: ["--reveal"] },
  { typed: "hookcli listen --on-error ", offers: ["502", "ack"] },
  { typed: "hookcli listen --provider shopi", offers: ["shopify"] },
  { typed: "hookcli providers our-", offers: ["our-shop"] },
  { typed: "hookcli listen --on-error=a", offers: ["--on-error=ack"] },
  { typed: "hookcli replay latest:order.c", offers: ["latest:order.completed"] },
  { typed: "hookcli wait is:r", offers: ["is:replay", "is:refused"] },
  { typed: "hookcli listen --ca ca", offers: ["ca.pem"] },
  { typed: "hookcli listen --ca=ca", offers: ["--ca=ca.pem"] },
  { typed: "hookcli completion ", offers: ["bash", "zsh", "fish"] },
  { typed: "hookcli nothing ", offers: [] },
] as const;

/** The same of commands that have subcommands; the program is hookcli with a small tree of such commands. */
const nestedLines = [
  { typed: "hookcli shelf ", offers: ["add", "take-out", "--help"] },
  { typed: "hookcli --json shelf new --wood ", offers: ["oak", "ash"] },
  { typed: "hookcli shelf take-out ca", offers: ["ca.pem"] },
  { typed: "hookcli notes burn --li", offers: ["--limit"] },
] as const;

/** How each shell is asked without a person at it, one line after the other: a line for each candidate, a form feed behind each list. */
const ask = {
  bash: [
    "bash",
    "--norc",
    "-c",
    `eval "$(hookcli completion bash)"
    for typed in "$@"; do
      COMP_LINE=$typed COMP_POINT=\${#typed}; _hookcli hookcli; printf '%s\\n' "\${COMPREPLY[@]}"; printf '\\f'
    done`,
    "bash",
  ],
  fish: [
    "fish",
    "--no-config",
    "-c",
    `hookcli completion fish | source; for typed in $argv; complete -C "$typed"; printf '\\f'; end`,
  ],
  // A line editor of its own, whose list of matches is read off: zsh completes nowhere else.
  zsh: ["zsh", "-f", "-c", zshScript(), "zsh"],
} as const;

for (const shell of ["bash", "fish", "zsh"] as const) {
  testWithTool(shell, `${shell} sources the script, and Tab offers what fits`, async () => {
    const folder = await prepared();
    await expectOffers(shell, folder, lines);
    const [shown = ""] = await tabs(shell, folder, ["hookcli show "]);
    expect(shown.trimStart()).toMatch(/^2\b.*POST \/hooks order\.completed/m);
  });

  testWithTool(shell, `${shell} offers subcommands, and what each of them takes`, async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "ca.pem"), "");
    makeProgram(folder, join(root, "test/helpers/small-tree-program.ts"));
    await expectOffers(shell, folder, nestedLines);
  });
}

async function expectOffers(
  shell: keyof typeof ask,
  folder: string,
  all: typeof lines | typeof nestedLines,
): Promise<void> {
  const lists = await tabs(
    shell,
    folder,
    all.map(({ typed }) => typed),
  );
  for (const [at, { typed, offers }] of all.entries()) {
    const isCut = shell === "bash" || (shell === "zsh" && typed.includes("--ca="));
    const wanted = isCut ? offers.map(afterCut) : offers;
    expect([typed, ...offeredIn(lists[at] ?? "", shell)]).toEqual([typed, ...wanted.toSorted()]);
  }
}

/** What a shell offers for each line. */
async function tabs(shell: keyof typeof ask, folder: string, typed: readonly string[]): Promise<readonly string[]> {
  const { out, err } = await RunningBin.spawn([...ask[shell], ...typed], { folder, env: envOf(folder) }).ended();
  expect(err).toBe("");
  const lists = out.split("\f").slice(0, -1);
  expect(lists).toHaveLength(typed.length);
  return lists;
}

describe("where there is nothing to offer from", () => {
  test.each(["missing.db", "broken.db", "."])("%s: no ids, no error, and nothing is made", async (db) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "broken.db"), "no database at all ".repeat(100));
    const { code, out, err } = await runHere(["complete", "--", "show", "--db", db, ""], { folder });
    expect([code, out, err]).toEqual([0, "", ""]);
    const { out: made } = await RunningBin.spawn(["ls"], { folder }).ended();
    expect(made).not.toContain("missing.db");
  });

  test("the store is found where the line, the environment or the project's file says it is", async () => {
    const [folder, elsewhere] = [await prepared(), temporaryFolder()];
    const db = join(folder, "hooks.db");
    const ids = async (words: readonly string[], given: NodeJS.ProcessEnv = {}) =>
      (await runHere(["complete", "--", ...words, ""], { folder: elsewhere, env: given })).out.match(/^\d+/gm);
    expect(await ids(["show"])).toBeNull();
    expect(await ids(["show", "--db", db])).toEqual(["2", "1"]);
    expect(await ids(["show"], { HOOKCLI_DB: db })).toEqual(["2", "1"]);
    writeFileSync(join(elsewhere, "hookcli.config.json"), JSON.stringify({ db }));
    expect(await ids(["show"])).toEqual(["2", "1"]);
  });
});

test("a type of event that a shell would obey is not offered", async () => {
  const { bin, url } = await listenPlainly([], { folder: temporaryFolder() });
  await post(url, '{"id":"evt_1","type":"$(touch owned)"}');
  await post(url, '{"id":"evt_2","type":"order.paid"}');
  const { out } = await runHere(["complete", "--", "replay", "latest:"], { folder: bin.folder });
  expect(out).toBe("latest:order.paid\t\n");
});

test("completion prints the script, as JSON too, and knows its shells", async () => {
  const plain = await runHere(["completion", "zsh"]);
  expect([plain.code, plain.err]).toEqual([0, ""]);
  const [json] = jsonLinesOf((await runHere(["completion", "zsh", "--json"])).out);
  expect(json).toEqual({ v: 1, kind: "completion", shell: "zsh", script: plain.out });
  const { code, err } = await runHere(["completion", "tcsh"]);
  expect([code, err.split("\n")[0]]).toEqual([2, 'error: a shell cannot be "tcsh": it is not one of bash, zsh, fish']);
});

/** A folder with a store of two requests, a file to be found, and a program called hookcli. */
async function prepared(): Promise<string> {
  const made = temporaryFolder();
  const { bin, url } = await listenPlainly(["--db", "hooks.db", "--exit-after", "2"], { folder: made });
  await post(`${url}/first`, '{"id":"evt_1","type":"invoice.paid"}');
  await post(`${url}/hooks`, '{"id":"evt_2","type":"order.completed"}');
  await bin.ended();
  writeFileSync(join(made, "ca.pem"), "");
  const schemes = { "our-shop": { signature: { headers: { "X-Shop": "{sig}" } } } };
  writeFileSync(join(made, "hookcli.config.json"), JSON.stringify({ schemes }));
  makeProgram(made, binPath);
  return made;
}

/** Puts a program called hookcli into a folder. */
function makeProgram(folder: string, script: string): void {
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/hookcli"), `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`, {
    mode: 0o755,
  });
}

function envOf(folder: string): NodeJS.ProcessEnv {
  return { PATH: `${folder}/bin:${process.env["PATH"] ?? ""}`, HOOKCLI_DB: join(folder, "hooks.db") };
}

/** The values, without what the shell says about them, in order. */
function offeredIn(out: string, shell: keyof typeof ask): readonly string[] {
  const words = out.split("\n").map((line) => line.split(shell === "fish" ? "\t" : / {2,}/)[0]?.trim() ?? "");
  return words.filter((word) => word !== "").toSorted();
}

function afterCut(value: string): string {
  return value.replace(/^.*[:=]/, "");
}

/** Where completion hands its matches to the line editor, they are printed instead, between two marks; Ctrl-U empties the line. */
function zshScript(): string {
  const caught = `
    PS1=; autoload -U compinit; compinit -u -D; eval "$(hookcli completion zsh)"
    compadd() {
      if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
      local -a hits says; local name=\${@[\${@[(i)-d]} + 1]}
      (( $@[(I)-d] )) && says=("\${(@P)name}")
      builtin compadd -A hits -D says "$@"
      local at; for at in {1..$#hits}; do (( $#hits )) && print -r -- "\${hits[at]}  \${says[at]}"; done
    }
    markNext() { compprefuncs=(mark); comppostfuncs=(mark) }
    mark() { print MARK; markNext }
    markNext; stty -onlcr -echo; print READY`;
  return `
    zmodload zsh/zpty
    print -r -- ${quoted(caught)} > .marks.zsh
    zpty z zsh -f -i
    zpty -w z "source ./.marks.zsh"
    zpty -r z line '*READY*'
    for typed in "$@"; do
      zpty -n -w z "$typed"$'\\t'
      zpty -r z line '*MARK*MARK*'
      line=\${line#*MARK}; print -r -- "\${line%MARK*}"; print -n $'\\f'
      zpty -n -w z $'\\x15'
    done`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
