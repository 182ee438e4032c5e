import type { Command } from "../../src/cli/settings/command.ts";
import { EXIT, exitMeanings } from "../../src/cli/terminal/exit.ts";
import { parseDurationMs, parseSizeBytes } from "../../src/core/model/quantities.ts";
import { parseTarget, targetUrl } from "../../src/core/model/target.ts";
import { code, fence, GENERATED, page, table } from "./markdown.ts";
import { callOf, everyCommand, type Placed } from "../../src/cli/flags/every-command.ts";
import { commonFlags, type Flag, longName } from "../../src/cli/flags/flag.ts";
import { relationText } from "../../src/cli/settings/contradictions.ts";

/** How a request may be named; a test reads each of them. */
export const requestNames: readonly (readonly [text: string, meaning: string])[] = [
  ["42", "the request with this id"],
  ["#42", "the same (in a shell: `'#42'`)"],
  ["latest", "the newest one; bytes that were no HTTP do not count"],
  ["latest~2", "the second one before the newest"],
  ["latest:order.*", "the newest one with an event of this type; `latest:order.*~1` is the one before it"],
  ["evt_1PqR5x", "the newest one that carries this event; an id without a digit is found with `event:` in a filter"],
];

const targetExamples = ["8000", ":8000/hooks", "localhost:8000", "/hooks", "shop.test", "https://shop.test/hooks?v=2"];
const durationExamples = ["0", "500ms", "30s", "1.5m", "2h", "7d"];
const sizeExamples = ["512", "64KiB", "25MiB", "10MB", "1GiB"];

/** Variables beside the ones that flags name; a test finds each of them in src/. */
export const otherVariables: readonly (readonly [name: string, meaning: string])[] = [
  [
    "HOOKCLI_SECRET",
    "the [signing secret](config.md#secrets) of any provider; `HOOKCLI_SECRET_STRIPE` that of one: its name in capitals, with `_` for `-`",
  ],
  ["HOOKCLI_DEBUG", "anything: errors show where in hookcli they happened"],
  ["NO_COLOR", "anything: no colour"],
  ["FORCE_COLOR", "`1`, `2` or `3`: colour (16, 256, all) also in a pipe; `0` or `false`: none"],
  ["TERM", "`dumb`: no colour"],
  ["XDG_DATA_HOME", "the folder that holds `hookcli/hooks.db`; counts only as an absolute path"],
  ["XDG_CONFIG_HOME", "the folder that holds your own `hookcli/config.jsonc`; counts only as an absolute path"],
  ["HOME", "the store is in `.local/share/hookcli` below it (`USERPROFILE` where there is no `HOME`)"],
  ["LOCALAPPDATA", "on Windows: the store is in `hookcli\\Data` below it"],
  ["APPDATA", "on Windows: your own configuration file is in `hookcli\\Config` below it"],
  ["VISUAL", "the editor that `replay --edit` opens, with its arguments if it needs any"],
  ["EDITOR", "the same, where `VISUAL` is not set; without both it is `vi`"],
  ["SUDO_UID", "as root: whose files count as root's own; `sudo` sets it"],
  ["LC_ALL", "this one, else `LC_CTYPE`, else `LANG`: an ASCII locale gets `->` for `→`"],
];

export function renderCliPage(commands: readonly Command[]): string {
  const all = everyCommand(commands);
  return page(
    GENERATED,
    "# The command line",
    "`hookcli help <command>` prints the same for one command.",
    table(
      ["command", "what it does"],
      all.map(({ command, path }) => [`[${callOf(path)}](#${callOf(path).replaceAll(" ", "-")})`, command.summary]),
    ),
    "Results go to standard output; notices, warnings and errors go to standard error. A flag beats its environment variable, which beats a [configuration file](config.md), which beats the default.",
    ...all.map(renderCommand),
    "## Flags of every command",
    "They may stand before the command too: `hookcli --json list`.",
    flagTable(commonFlags),
    "The order for colour is: `--color`, then `NO_COLOR`, then `FORCE_COLOR`, then `TERM=dumb`, then whether the output is a terminal.",
    "## How things are written",
    ...renderNotations(),
    "## Environment variables",
    table(["variable", "what it sets"], variables(all)),
    "## Exit codes",
    table(
      ["code", "meaning"],
      Object.entries(EXIT).map(([name, exit]) => [String(exit), exitMeanings[name as keyof typeof EXIT]]),
    ),
    "The [list of errors](errors.md) says which error has which code.",
  );
}

/** A subcommand has a smaller heading, below that of its command. */
function renderCommand({ command, path }: Placed<Command>): string {
  const examples = command.examples.map(({ line, says }) => `# ${says}\n${line}`).join("\n\n");
  const parts = [
    `${"#".repeat(1 + path.length)} ${callOf(path)}`,
    command.description ?? `${command.summary}.`,
    fence(usages({ command, path }).join("\n")),
    ...(command.arguments.length > 0
      ? [
          table(
            ["argument", "meaning"],
            command.arguments.map(({ name, description }) => [code(name), description]),
          ),
        ]
      : []),
    ...(command.flags.length > 0 ? [flagTable(command.flags, command)] : []),
    "Examples:",
    fence(examples, "sh"),
  ];
  return parts.join("\n\n");
}

/** How it is called: by itself where it has an action, and with a subcommand where it has any. */
function usages({ command, path }: Placed<Command>): readonly string[] {
  const words = command.arguments.map(({ name }) => name);
  const isBehind = (word: string): boolean => word.startsWith("[--");
  const own = [callOf(path), ...words.filter((word) => !isBehind(word)), "[flags]", ...words.filter(isBehind)].join(
    " ",
  );
  const below = (command.subcommands ?? []).map(({ name }) => name).join("|");
  return [...(command.load ? [own] : []), ...(below === "" ? [] : [`${callOf(path)} ${below} ...`])];
}

function flagTable(flags: readonly Flag[], command: Pick<Command, "excludes" | "needs"> = {}): string {
  return table(
    ["flag", "what it does", "default", "variable"],
    flags.map(({ flags: names, description, default: fallback, env }) => [
      code(names),
      `${description}${relationText(command, longName({ flags: names }))}`,
      fallback === undefined ? "" : code(fallback),
      env === undefined ? "" : code(env),
    ]),
  );
}

/** Each variable once, also where flags of several commands share it. */
function variables(all: readonly Placed<Command>[]): readonly (readonly [string, string])[] {
  const byName = new Map<string, string>();
  const known: readonly Flag[] = [...all.flatMap(({ command }) => command.flags), ...commonFlags];
  for (const { env, flags } of known)
    if (env !== undefined && !byName.has(env)) byName.set(env, `the same as ${code(flags)}`);
  return [...byName, ...otherVariables].map(([name, meaning]) => [code(name), meaning]);
}

function renderNotations(): readonly string[] {
  return [
    "### Targets",
    "A target is where a request is posted to. Its short forms mean your own machine:",
    table(
      ["you write", "requests go to"],
      targetExamples.map((text) => [code(text), code(targetUrl(parseTarget(text, "a target")))]),
    ),
    "A request for `/` is posted to the target's own path. Any other path is put behind it: with `--forward 8000/hooks`, a request for `/stripe?x=1` goes to `http://localhost:8000/hooks/stripe?x=1`. `localhost` is tried at 127.0.0.1 and at ::1. `HOOKCLI_FORWARD` may name several targets with spaces between them.",
    "### Requests",
    table(
      ["you write", "it means"],
      requestNames.map(([text, meaning]) => [code(text), meaning]),
    ),
    "`replay`, `export` and `rm` take several of them, and ranges: `40..50` is all from 40 to 50, both included.",
    "### Durations",
    table(
      ["you write", "milliseconds"],
      durationExamples.map((text) => [code(text), grouped(parseDurationMs(text, "a duration"))]),
    ),
    "The longest one is 24 days. For `--timeout`, `0` means no limit but the 10 s in which a connection must stand.",
    "### Sizes",
    table(
      ["you write", "bytes"],
      sizeExamples.map((text) => [code(text), grouped(parseSizeBytes(text, "a size"))]),
    ),
    "### Headers",
    table(
      ["you write", "it means"],
      [
        [
          "`X-Env: dev`",
          "one header of this name with this value: it takes the place of the first one there, further ones go",
        ],
        ["`X-Env:`", "no header of this name"],
        ["`X-Env;`", "the header with an empty value"],
      ],
    ),
    "Headers of the connection (`Connection`, `Content-Length`, `Expect`, `Keep-Alive`, `TE`, `Trailer`, `Transfer-Encoding`, `Upgrade`) are hookcli's own business and cannot be set.",
    "### Replies",
    "`--respond` takes a status from 200 to 599 (`204`), or a status and a body (`'202:{\"ok\":true}'`). A body that is JSON is sent as `application/json`, any other as plain text.",
  ];
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
