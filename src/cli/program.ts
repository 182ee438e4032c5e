import { Command as Parser, type CommanderError, type Help, Option } from "commander";
import { HookcliError } from "../core/model/errors.ts";
import type { Command } from "./settings/command.ts";
import { commands } from "./commands/index.ts";
import type { ExitCode } from "./terminal/exit.ts";
import { readSettings } from "./settings/settings.ts";
import { coverConfigured } from "./secrets/cover-known.ts";
import { takesCommand } from "./split-command.ts";
import type { Surroundings } from "./terminal/surroundings.ts";
import { COLOURS, commonFlags, type Flag, longName } from "./flags/flag.ts";
import { refuseContradictions, relationText } from "./settings/contradictions.ts";

/** What the parser stopped at: a request for help, or a command line that makes no sense. */
export class UsageProblem extends Error {
  readonly isHelp: boolean;
  readonly #command: string;

  constructor(message: string, isHelp: boolean, command: string) {
    super(message);
    this.isHelp = isHelp;
    this.#command = command;
  }

  toHookcliError(): HookcliError {
    return new HookcliError("USAGE", { problem: this.message, help: `${this.#command} --help` });
  }
}

/** What a command line brings to its parser. */
export interface Given {
  /** Its first word. Where that is a command, no other one is built: all of them take a tenth of a listener's start. */
  readonly first?: string | undefined;
  /** The words behind `--`, for a command that runs another one; undefined: there is no `--`. */
  readonly behind?: readonly string[] | undefined;
}

/** The parser for a command line. `onEnd` gets the exit code of the command that ran. */
export function buildProgram(
  at: Surroundings,
  version: string,
  onEnd: (code: ExitCode) => void,
  { first, behind }: Given = {},
): Parser {
  const program = new Parser("hookcli")
    .description("Capture webhooks on your own machine, look at them, replay them.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .showSuggestionAfterError()
    .configureHelp(helpForm(at))
    .addHelpText("after", "\nStart with: hookcli listen --forward localhost:8000\n");
  contain(program, at);
  const named = commands.filter(({ name }) => name === first);
  for (const command of named.length > 0 ? named : commands) program.addCommand(toParser(command, at, onEnd, behind));
  return program;
}

/** Help texts as they are printed, for the docs. */
export function helpOf(name: string | undefined, at: Surroundings): string {
  const program = buildProgram(at, "", () => undefined);
  const parser = name === undefined ? program : program.commands.find((command) => command.name() === name);
  const help = parser?.createHelp();
  return parser && help ? help.formatHelp(parser, help) : "";
}

function toParser(
  command: Command,
  at: Surroundings,
  onEnd: (code: ExitCode) => void,
  behind: readonly string[] | undefined,
): Parser {
  const parser = new Parser(command.name)
    .summary(command.summary)
    .description(command.description ?? command.summary)
    .helpGroup(`${command.group}:`)
    .helpOption("-h, --help", "show help")
    .configureHelp(helpForm(at))
    .addHelpText("after", examplesText(command));
  contain(parser, at);
  for (const { name, description } of command.arguments) parser.argument(name, description);
  const flags = [...command.flags, ...commonFlags];
  for (const flag of flags) parser.addOption(toOption(flag, command));
  parser.action(async () => {
    const args = takesCommand(command) ? wordsBehind(command, parser.args, behind) : parser.args;
    const action = await command.load();
    const settings = await readSettings(parser, command, commands, at);
    refuseContradictions(command, settings);
    settings.choice("color", COLOURS);
    await coverConfigured(at, settings);
    if (settings.isOn("reveal") || settings.isOn("raw")) at.out.reveal();
    onEnd(await action(at, args, settings));
  });
  return parser;
}

/** @throws USAGE for a word that stands where none is expected, and for a `--` with nothing behind it */
function wordsBehind({ name }: Command, stray: readonly string[], behind?: readonly string[]): readonly string[] {
  const help = `hookcli ${name} --help`;
  const [word] = stray;
  if (word !== undefined) {
    const problem = `${JSON.stringify(word)} stands alone: a target is given with --forward, a command to run stands behind --`;
    throw new HookcliError("USAGE", { problem, help });
  }
  if (behind?.length === 0) throw new HookcliError("USAGE", { problem: "no command stands behind --", help });
  return behind ?? [];
}

/** Texts are wrapped in a narrow terminal too; defaults are told by `toOption`, which puts no quotes around them. */
function helpForm({ columns }: Surroundings): Partial<Help> {
  return {
    helpWidth: Math.min(columns, 120),
    minWidthToWrap: 20,
    optionDescription: ({ description }) => description,
  };
}

function toOption(flag: Flag, command: Command): Option {
  const { flags, description, default: fallback, env, isRepeatable, isSingle } = flag;
  const relation = relationText(command, longName(flag));
  const otherwise = fallback === undefined ? "" : ` (default: ${fallback})`;
  const variable = env === undefined ? "" : ` (env: ${env})`;
  const option = new Option(flags, `${description}${relation}${otherwise}${variable}`);
  if (fallback !== undefined) option.default(fallback);
  if (isRepeatable === true) {
    option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]);
  }
  if (isSingle === true) option.argParser((text: string, before: unknown) => once(option, command.name, text, before));
  return option;
}

/** @throws USAGE where it was given before; what was given is not repeated: it may be a secret */
function once({ long }: Option, command: string, text: string, before: unknown): string {
  if (before === undefined) return text;
  throw new HookcliError("USAGE", { problem: `${long ?? ""} was given twice`, help: `hookcli ${command} --help` });
}

function examplesText({ examples }: Command): string {
  const lines = examples.map(({ line, says }) => `  ${line}\n      ${says}`);
  return `\nExamples:\n${lines.join("\n")}\n`;
}

/** Keeps the parser from writing and from ending the process. */
function contain(parser: Parser, at: Surroundings): void {
  parser.configureOutput({ writeOut: (text) => at.out.text(text), writeErr: () => undefined });
  parser.exitOverride((error: CommanderError) => {
    const isHelp = error.exitCode === 0 || error.code === "commander.help";
    const command = parser.parent ? `hookcli ${parser.name()}` : "hookcli";
    const says = withoutValue(error.message.replace(/^error: /, "").replaceAll(/\s*\n\s*/g, " "));
    throw new UsageProblem(withFilterAdvice(says, command), isHelp, command);
  });
}

/** A flag that does not exist is named without what was given to it: that may be a secret. */
function withoutValue(says: string): string {
  return says.replace(/^(unknown option '--[a-z-]+)=.*?'(?=$| \()/s, "$1'");
}

/** A negated term of a filter looks like a flag. */
function withFilterAdvice(says: string, command: string): string {
  const term = /^unknown option '(-[a-z]+:.+)'$/i.exec(says)?.[1];
  return term === undefined ? says : `${says} (a filter term with a minus goes behind --: ${command} -- ${term})`;
}
