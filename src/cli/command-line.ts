import { commands } from "./commands/index.ts";
import { commonFlags } from "./flags/flag.ts";

/**
 * A command line as the parser wants it: flags of every command behind the command that they were written before, and the
 * command under its own name. Where help is asked for a word that is no command, the word is left, and told as unknown.
 */
export function straightened(args: readonly string[]): readonly string[] {
  const [first, ...rest] = withFlagsBehind(withKeysJoined(args));
  if (first === undefined) return [];
  if (first.startsWith("-")) return [first, ...rest];
  const [about = "help"] = rest;
  if (first === "help" && about === "help") return ["help"];
  if (first === "help" && !about.startsWith("-")) return [commandNamed(about) ?? about, "--help"].filter(isMeant);
  return [commandNamed(first) ?? first, ...rest].filter(isMeant);
}

/** Whether the parser is to see a word: asked for help with a command that it does not know, it would not say so. */
function isMeant(word: string, _at: number, [first = ""]: readonly string[]): boolean {
  return !/^(?:-h|--help)$/.test(word) || first === "help" || commandNamed(first) !== undefined;
}

function commandNamed(word: string): string | undefined {
  return commands.find(({ name, aliases }) => name === word || aliases?.includes(word) === true)?.name;
}

/** `hookcli --json list` means `hookcli list --json`. Empty where they are all there is. */
function withFlagsBehind(args: readonly string[]): readonly string[] {
  let at = 0;
  for (let size = flagSize(args[0]); size > 0; size = flagSize(args[at])) at += size;
  const [command] = args.slice(at, at + 1);
  return command === undefined ? [] : [command, ...args.slice(0, at), ...args.slice(at + 1)];
}

/** How many words a flag of every command takes with its value; 0: it is none. */
function flagSize(word = ""): number {
  const [long = ""] = word.split("=");
  const flag = commonFlags.find(({ flags }) => flags.split(" ")[0] === long);
  if (!flag) return 0;
  return flag.flags.includes("<") && !word.includes("=") ? 2 : 1;
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
