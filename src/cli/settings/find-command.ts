import type { Command } from "./command.ts";
import { commonFlags, type Flag, flagNamed, takesValue } from "../flags/flag.ts";

/** Where the words of a command line lead in a tree of commands. */
export interface Found {
  /** The command that they name, behind those that it is a subcommand of; empty: they name none. */
  readonly path: readonly Command[];
  /** Flags of every command, and of those on the way, that stand before its name or before where a subcommand's could. */
  readonly flags: readonly string[];
  /** The words behind. */
  readonly rest: readonly string[];
  /** The first of them, where it can only be meant for a command and there is none of this name. */
  readonly stray: string | undefined;
}

/**
 * Follows the words from one list of commands into the next, as far as they are names.
 * @param commands the list to begin with, which is the outermost one where `above` is left out
 */
export function findCommand(commands: readonly Command[], words: readonly string[], above?: Command): Found {
  const end = endOfFlags(words, [...(above?.flags ?? []), ...commonFlags]);
  const flags = words.slice(0, end);
  const [word, ...rest] = words.slice(end);
  const named = commands.find(({ name, aliases }) => name === word || aliases?.some((alias) => alias === word));
  if (!named)
    return { path: [], flags, rest: words.slice(end), stray: isName(word) && !takesWords(above) ? word : undefined };
  const found = named.subcommands
    ? findCommand(named.subcommands, rest, named)
    : { path: [], flags: [], rest, stray: undefined };
  return { ...found, path: [named, ...found.path], flags: [...flags, ...found.flags] };
}

function isName(word: string | undefined): boolean {
  return word !== undefined && !word.startsWith("-");
}

/** Whether words that name no subcommand may be for the command itself. */
function takesWords(command: Command | undefined): boolean {
  return command?.load !== undefined && command.arguments.length > 0;
}

/** How many words at the beginning are flags of these, and their values. */
function endOfFlags(words: readonly string[], flags: readonly Flag[]): number {
  let end = 0;
  for (let size = sizeOf(words[0], flags); size > 0; size = sizeOf(words[end], flags)) end += size;
  return end;
}

/** How many words a flag takes with its value; 0: it is none. */
function sizeOf(word = "", flags: readonly Flag[]): number {
  const [written = ""] = word.split("=");
  const flag = flagNamed(flags, written);
  if (!flag) return 0;
  return takesValue(flag) && !word.includes("=") ? 2 : 1;
}
