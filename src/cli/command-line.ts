import type { Command } from "./settings/command.ts";
import { findCommand, type Found } from "./settings/find-command.ts";

/** A command line, read as far as a parser has to know it before it is built. */
export interface CommandLine {
  /** The command that is called, behind those that it is a subcommand of; empty: none is. */
  readonly path: readonly Command[];
  /** For hookcli: the names of these, then flags and words, wherever they stood. */
  readonly own: readonly string[];
  /** For the command that is to be run, its name first; undefined: there is no `--` for one. */
  readonly behind: readonly string[] | undefined;
  /** Whether the first word behind the names can only be meant for a command, and there is none of this name. */
  readonly isAstray: boolean;
}

/**
 * A command line as the parser wants it: flags of every command behind the command that they were written before, and each
 * command under its own name. Where help is asked for a word that is no command, the word is left, and told as unknown.
 */
export function readCommandLine(args: readonly string[], commands: readonly Command[]): CommandLine {
  const found = findCommand(commands, withKeysJoined(args));
  const isHelp = found.path.length === 0 && found.stray === "help";
  const { path, own, isAstray } = isHelp ? askingForHelp(found.rest.slice(1), commands) : asWritten(found);
  const command = path.at(-1);
  const at = command && takesCommand(command) ? own.indexOf("--") : -1;
  return at < 0
    ? { path, own, behind: undefined, isAstray }
    : { path, own: own.slice(0, at), behind: own.slice(at + 1), isAstray };
}

/** Whether a command of hookcli runs one of the user's. */
export function takesCommand(command: Command): boolean {
  return command.arguments.some(({ name }) => name.startsWith("[--"));
}

/** Whether a word asks for help. */
export function isHelpFlag(word: string): boolean {
  return word === "-h" || word === "--help";
}

function asWritten({ path, flags, rest, stray }: Found): Omit<CommandLine, "behind"> {
  const names = path.map(({ name }) => name);
  const isAstray = stray !== undefined;
  if (path.at(-1)?.load !== undefined && !isAstray) return { path, own: [...names, ...flags, ...rest], isAstray };
  // Only a list of commands, which has no flags: what is none of them has to come before any.
  const [word, ...behind] = rest;
  if (word === undefined) return { path, own: [...names, "--help"], isAstray };
  // Asked for help with a command that it does not know, the parser would not say so.
  const meant = isAstray ? behind.filter((each) => !isHelpFlag(each)) : behind;
  return { path, own: [...names, word, ...flags, ...meant], isAstray };
}

/** `hookcli help endpoints add` means `hookcli endpoints add --help`. */
function askingForHelp(words: readonly string[], commands: readonly Command[]): Omit<CommandLine, "behind"> {
  const about = findCommand(
    commands,
    words.filter((word) => word !== "--"),
  );
  const { path, stray } = about;
  if (path.length > 0 && stray === undefined)
    return { path, own: [...path.map(({ name }) => name), "--help"], isAstray: false };
  if (stray !== undefined && (path.length > 0 || stray !== "help")) return asWritten(about);
  return { path, own: stray === "help" ? ["help"] : ["help", ...words], isAstray: false };
}

/** A key in PEM begins with hyphens: behind `--secret`, which may stand alone, the parser would take it for a flag. */
function withKeysJoined(args: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const arg of args) {
    if (joined.at(-1) === "--secret" && arg.startsWith("-----BEGIN ")) joined.splice(-1, 1, `--secret=${arg}`);
    else joined.push(arg);
  }
  return joined;
}
