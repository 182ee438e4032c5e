import type { ExitCode } from "../terminal/exit.ts";
import type { AnyFlags, FlagsOf } from "./flags.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import type { CommonFlag, Flag } from "../flags/flag.ts";
import type { FlagName } from "../flags/flag-names.ts";

export type CommandGroup = "Capture" | "Look" | "Send" | "Manage";

/**
 * A command as data: help, docs and the parser are made from it; what it does is loaded when it is called. It has an action
 * or subcommands, or both.
 */
export interface Command {
  readonly name: string;
  /** Other names that work and are shown nowhere. */
  readonly aliases?: readonly string[];
  /** Its heading in the list of commands; a subcommand needs none. */
  readonly group?: CommandGroup;
  /** One line for the list of commands. */
  readonly summary: string;
  /** More, for its own help. */
  readonly description?: string;
  readonly arguments: readonly Argument[];
  /** Its own alone: what several of its subcommands take stands with each of them. */
  readonly flags: readonly Flag[];
  /** Flags that contradict each other, each pair once. */
  readonly excludes?: Excludes<string>;
  /** Flags that say nothing without another one. */
  readonly needs?: Needs<string>;
  readonly examples: readonly Example[];
  /** Never looks at configuration files: it must work where one of them is broken. */
  readonly ignoresConfig?: boolean;
  /** Called by a further word: `hookcli endpoints add`. */
  readonly subcommands?: readonly Command[];
  /** Its action. Without one it has neither flags nor arguments, and prints its help where no subcommand is named. */
  readonly load?: () => Promise<Action<AnyFlags>>;
}

/** A command whose action may read what its own list of flags gives, and nothing else. */
export interface CommandOf<Of extends readonly Flag[]> extends Command {
  readonly flags: Of;
  readonly excludes?: Excludes<FlagName<Of[number] | CommonFlag>>;
  readonly needs?: Needs<FlagName<Of[number] | CommonFlag>>;
  readonly load: () => Promise<Action<FlagsOf<Of[number]>>>;
}

/** By the long name of one flag, the names of those that may not be given beside it. */
export type Excludes<Name extends string> = Readonly<Partial<Record<Name, readonly Name[]>>>;

/** By the long name of one flag, the name of the one that has to be given or set as well. */
export type Needs<Name extends string> = Readonly<Partial<Record<Name, Name>>>;

export interface Argument {
  /** `<request>` or `[request]` */
  readonly name: string;
  readonly description: string;
  /** All that it may be, for completion. */
  readonly choices?: readonly string[];
}

export interface Example {
  readonly line: string;
  readonly says: string;
}

/** @typeParam Given which flags it reads: the type comes from the command's own list, so that a name cannot be wrong */
export type Action<Given> = (at: Surroundings, args: readonly string[], flags: Given) => Promise<ExitCode>;
