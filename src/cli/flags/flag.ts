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
  /** Given twice it is refused: where another command takes several, the last one would win unseen. */
  readonly isSingle?: boolean;
  /** All that its value may be, for completion. */
  readonly choices?: readonly string[];
  /** A configuration file may set it, under the command's name, with a value of this kind. */
  readonly inFile?: FileValue;
}

/** A flag's value as the command line would give it: text, presence, or a list where it may be repeated. */
export type RawFlag = string | boolean | readonly string[];

/** Flag values by the name that the parser keeps them under. */
export type RawFlags = Readonly<Record<string, RawFlag | undefined>>;

/**
 * What a configuration file may hold for a flag: `scalar` is text or a number (`"30s"`, `0`), `list` one of these or
 * several, `path` a path that counts from the file's own folder, `option` a switch that may have a number instead.
 */
export type FileValue = "switch" | "text" | "number" | "scalar" | "list" | "path" | "option";

/** A command as settings see it: its name begins the keys of its flags in a file. */
export interface FlaggedCommand {
  readonly name: string;
  readonly flags: readonly Flag[];
  readonly subcommands?: readonly FlaggedCommand[];
}

/** What `--color` may be. */
export const COLOURS = ["always", "never", "auto"] as const;

/** Flags that every command takes. */
export const commonFlags = [
  {
    flags: "--db <file>",
    description: "the store (default: hooks.db in ~/.local/share/hookcli)",
    env: "HOOKCLI_DB",
    inFile: "path",
  },
  {
    flags: "--config <file>",
    description: "read settings from this file, not from the project's (docs/config.md)",
    env: "HOOKCLI_CONFIG",
  },
  { flags: "--no-config", description: "read no configuration file" },
  { flags: "--json", description: "print JSON, one object a line (docs/json.md)" },
  {
    flags: "--color <when>",
    description: "always, never or auto; NO_COLOR and FORCE_COLOR are honoured",
    default: "auto",
    choices: COLOURS,
  },
] as const satisfies readonly Flag[];

/** One that every command takes. */
export type CommonFlag = (typeof commonFlags)[number];

/** `max-body` of `--max-body <size>`, `config` of `--no-config`. */
export function longName({ flags }: Pick<Flag, "flags">): string {
  const [, name = ""] = /--(?:no-)?([a-z][a-z-]*)/.exec(flags) ?? [];
  return name;
}

/** The one of these flags that a word names, in its short or its long form. */
export function flagNamed(flags: readonly Flag[], word: string): Flag | undefined {
  return flags.find((flag) => namesOf(flag).includes(word));
}

/** `-f` and `--forward` of `-f, --forward <target>` */
export function namesOf({ flags }: Pick<Flag, "flags">): readonly string[] {
  return flags.replace(/[<[].*$/, "").match(/--?[A-Za-z][A-Za-z-]*/g) ?? [];
}

/** Whether the next word is its value. One that may do without takes it behind `=` only. */
export function takesValue({ flags }: Pick<Flag, "flags">): boolean {
  return flags.includes("<");
}

/** The name under which the parser keeps a flag's value: `maxBody` for `--max-body <size>`. */
export function attributeName(flag: Pick<Flag, "flags">): string {
  return camelCase(longName(flag));
}

/**
 * Where a configuration file sets a flag of the command at the end of a path, as steps into the file: `listen`, `maxBody`. The
 * section of a subcommand lies in that of its command. The path is empty for a flag of every command.
 */
export function settingSteps(
  path: readonly Pick<FlaggedCommand, "name">[],
  flag: Pick<Flag, "flags">,
): readonly string[] {
  return [...path.map(({ name }) => camelCase(name)), attributeName(flag)];
}

/** `max-body` -> `maxBody` */
export function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
