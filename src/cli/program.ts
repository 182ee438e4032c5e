import { Command as Parser, type CommanderError, Help, Option } from "commander";
import { HookcliError } from "../core/model/errors.ts";
import { type CommandLine, isHelpFlag, readCommandLine, takesCommand } from "./command-line.ts";
import type { Command } from "./settings/command.ts";
import type { ExitCode } from "./terminal/exit.ts";
import { readSettings } from "./settings/settings.ts";
import { coverConfigured } from "./secrets/cover-known.ts";
import type { Surroundings } from "./terminal/surroundings.ts";
import { callOf, type Placed } from "./flags/every-command.ts";
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

/** What a parser is built for. */
export interface ProgramOptions {
  /** The tree of commands. */
  readonly commands: readonly Command[];
  readonly line: CommandLine;
  readonly version: string;
  /** Gets the exit code of the command that ran. */
  readonly onEnd: (code: ExitCode) => void;
}

/** The parser for a command line. */
export function buildProgram(at: Surroundings, options: ProgramOptions): Parser {
  const program = new Parser("hookcli")
    .description("Capture webhooks on your own machine, look at them, replay them.")
    .version(options.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .showSuggestionAfterError()
    .configureHelp(helpForm(at))
    .addHelpText("after", "\nStart with: hookcli listen --forward localhost:8000\n");
  contain(program, at);
  addCommands(program, { above: [], commands: options.commands }, at, options);
  return program;
}

/** The help text of a command, or of the program where no name is given, as it is printed. */
export function helpOf(names: readonly string[], commands: readonly Command[], at: Surroundings): string {
  const line = readCommandLine([...names, "--help"], commands);
  const program = buildProgram(at, { commands, line, version: "", onEnd: () => undefined });
  const parser = names.reduce<Parser | undefined>(
    (above, name) => above?.commands.find((command) => command.name() === name),
    program,
  );
  const help = parser?.createHelp();
  return parser && help ? help.formatHelp(parser, help) : "";
}

/** A list of commands in the tree, and the commands that it belongs to. */
interface Level {
  readonly above: readonly Command[];
  readonly commands: readonly Command[];
}

/** Where one of a list is called no other one is built: all of them take a tenth of a listener's start. */
function addCommands(parser: Parser, { above, commands }: Level, at: Surroundings, options: ProgramOptions): void {
  const called = options.line.path[above.length];
  for (const command of called ? [called] : commands) {
    const placed = { command, path: [...above, command] };
    const isOnTheWay = placed.path.length < options.line.path.length;
    parser.addCommand(isOnTheWay ? toStep(placed, at, options) : toParser(placed, at, options));
  }
}

/** Leads to a subcommand and reads nothing: a flag that both have would not reach it. */
function toStep({ command, path }: Placed<Command>, at: Surroundings, options: ProgramOptions): Parser {
  const parser = new Parser(command.name).helpOption(false).helpCommand(false);
  contain(parser, at);
  addCommands(parser, { above: path, commands: command.subcommands ?? [] }, at, options);
  return parser;
}

function toParser(placed: Placed<Command>, at: Surroundings, options: ProgramOptions): Parser {
  const { command, path } = placed;
  const parser = new Parser(command.name)
    .summary(command.summary)
    .description(command.description ?? command.summary)
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .configureHelp(helpForm(at))
    .addHelpText("after", examplesText(command));
  if (command.group !== undefined) parser.helpGroup(`${command.group}:`);
  contain(parser, at);
  for (const { name, description } of command.arguments) parser.argument(name, description);
  const flags = command.load === undefined ? [] : [...command.flags, ...commonFlags];
  for (const flag of flags) parser.addOption(toOption(flag, placed));
  const { line } = options;
  const isCalled = line.path.at(-1) === command;
  if (!(isCalled && line.isAstray)) addAction(parser, placed, at, options);
  // Behind `--` a word of this name is not the subcommand.
  const isRun = isCalled && command.load !== undefined && !line.isAstray && !line.own.some(isHelpFlag);
  if (!isRun) addCommands(parser, { above: path, commands: command.subcommands ?? [] }, at, options);
  return parser;
}

function addAction(parser: Parser, placed: Placed<Command>, at: Surroundings, options: ProgramOptions): void {
  const { command, path } = placed;
  const { load } = command;
  if (load === undefined) return;
  const { commands, line, onEnd } = options;
  parser.action(async () => {
    const args = takesCommand(command) ? wordsBehind(path, parser.args, line.behind) : parser.args;
    const action = await load();
    const settings = await readSettings(parser, placed, commands, at);
    refuseContradictions(command, settings);
    settings.choice("color", COLOURS);
    await coverConfigured(at, settings);
    if (settings.isOn("reveal") || settings.isOn("raw")) at.out.reveal();
    onEnd(await action(at, args, settings));
  });
}

/** @throws USAGE for a word that stands where none is expected, and for a `--` with nothing behind it */
function wordsBehind(
  path: readonly Command[],
  stray: readonly string[],
  behind: readonly string[] | undefined,
): readonly string[] {
  const help = `${callOf(path)} --help`;
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
    subcommandTerm: (parser) => `${new Help().subcommandTerm(parser)}${parser.commands.length > 0 ? " [command]" : ""}`,
  };
}

function toOption(flag: Flag, { command, path }: Placed<Command>): Option {
  const { flags, description, default: fallback, env, isRepeatable, isSingle } = flag;
  const relation = relationText(command, longName(flag));
  const otherwise = fallback === undefined ? "" : ` (default: ${fallback})`;
  const variable = env === undefined ? "" : ` (env: ${env})`;
  const option = new Option(flags, `${description}${relation}${otherwise}${variable}`);
  if (fallback !== undefined) option.default(fallback);
  if (isRepeatable === true) {
    option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]);
  }
  if (isSingle === true) option.argParser((text: string, before: unknown) => once(option, callOf(path), text, before));
  return option;
}

/** @throws USAGE where it was given before; what was given is not repeated: it may be a secret */
function once({ long }: Option, command: string, text: string, before: unknown): string {
  if (before === undefined) return text;
  throw new HookcliError("USAGE", { problem: `${long ?? ""} was given twice`, help: `${command} --help` });
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
    const command = nameOf(parser);
    const says = withoutValue(error.message.replace(/^error: /, "").replaceAll(/\s*\n\s*/g, " "));
    throw new UsageProblem(withFilterAdvice(says, command), isHelp, command);
  });
}

/** `hookcli endpoints add` */
function nameOf(parser: Parser): string {
  return parser.parent ? `${nameOf(parser.parent)} ${parser.name()}` : parser.name();
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
