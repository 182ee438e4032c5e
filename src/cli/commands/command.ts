import type { ExitCode } from "../exit.ts";
import type { Flags } from "../flags.ts";
import type { Surroundings } from "../surroundings.ts";

export type CommandGroup = "Capture" | "Look" | "Send";

/** A command as data: help, docs and the parser are made from it; what it does is loaded when it is called. */
export interface Command {
  readonly name: string;
  readonly group: CommandGroup;
  /** One line for the list of commands. */
  readonly summary: string;
  /** More, for its own help. */
  readonly description?: string;
  readonly arguments: readonly Argument[];
  readonly flags: readonly Flag[];
  readonly examples: readonly Example[];
  readonly load: () => Promise<Action>;
}

export interface Argument {
  /** `<request>` or `[request]` */
  readonly name: string;
  readonly description: string;
}

export interface Flag {
  /** `--port <number>` */
  readonly flags: string;
  readonly description: string;
  /** Shown in help and used where nothing else is given. */
  readonly default?: string;
  /** Environment variable that sets it. */
  readonly env?: string;
  /** May be given several times. */
  readonly isRepeatable?: boolean;
}

export interface Example {
  readonly line: string;
  readonly says: string;
}

export type Action = (at: Surroundings, args: readonly string[], flags: Flags) => Promise<ExitCode>;

/** Flags that every command takes. */
export const commonFlags: readonly Flag[] = [
  {
    flags: "--db <file>",
    description: "the store (default: hooks.db in ~/.local/share/hookcli)",
    env: "HOOKCLI_DB",
  },
  { flags: "--json", description: "print JSON, one object a line (docs/json.md)" },
  {
    flags: "--color <when>",
    description: "always, never or auto; NO_COLOR and FORCE_COLOR are honoured",
    default: "auto",
  },
];
