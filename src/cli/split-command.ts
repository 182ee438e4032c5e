import type { Command } from "./settings/command.ts";
import { commands } from "./commands/index.ts";

/** A command line in two parts. */
export interface SplitLine {
  /** For hookcli. */
  readonly own: readonly string[];
  /** For the command that is to be run, its name first; undefined: none was given. */
  readonly behind: readonly string[] | undefined;
}

/** Cuts off what stands behind `--` where it is a command to run; elsewhere `--` only says that flags end. */
export function splitCommand(args: readonly string[]): SplitLine {
  const command = commands.find(({ name }) => name === args[0]);
  const at = command && takesCommand(command) ? args.indexOf("--") : -1;
  return at < 0 ? { own: args, behind: undefined } : { own: args.slice(0, at), behind: args.slice(at + 1) };
}

/** Whether a command of hookcli runs one of the user's. */
export function takesCommand(command: Command): boolean {
  return command.arguments.some(({ name }) => name.startsWith("[--"));
}
