import { everyCommand } from "../flags/every-command.ts";
import { commonFlags, type FileValue, type Flag, type FlaggedCommand, settingSteps } from "../flags/flag.ts";

/** One setting that a configuration file may hold. */
export interface ConfigKey {
  /** With its sections: `db`, `listen.maxBody`, `endpoints.add.timeout`. */
  readonly key: string;
  /** The same as steps into the file. */
  readonly path: readonly string[];
  /** What it sets. */
  readonly flag: Flag;
  readonly holds: FileValue;
}

/** Every setting that a file may hold, made from the flags: first those of all commands, then command by command. */
export function configKeys(commands: readonly FlaggedCommand[]): readonly ConfigKey[] {
  const common = commonFlags.flatMap((flag) => keyOf([], flag));
  return [
    ...common,
    ...everyCommand(commands).flatMap(({ command, path }) => command.flags.flatMap((flag) => keyOf(path, flag))),
  ];
}

/** The keys of one entry of `routes`, with what they mean. */
export const routeKeys = {
  path: "the path without its query fits this; `*` stands for any run of characters",
  type: "the event type fits this; `*` stands for any run of characters",
  method: "the method is this one",
  to: "where to: a target, or a list of them (the first one answers the sender); an empty list: stored, and sent nowhere",
} as const;

/** What may stand in a file beside the settings of commands. */
export const otherKeys = ["routes", "schemes", "secrets"] as const;

/** What a file may hold for a setting, in words that follow "must be". */
export function valueText(holds: FileValue): string {
  switch (holds) {
    case "switch":
      return "true or false";
    case "text":
      return "text";
    case "path":
      return "text, a path";
    case "number":
      return "a number";
    case "scalar":
      return "text or a number";
    case "option":
      return "true, false or a number";
    case "list":
      return "text or a number, or a list of these";
    default:
      return holds satisfies never;
  }
}

function keyOf(path: readonly FlaggedCommand[], flag: Flag): readonly ConfigKey[] {
  if (flag.inFile === undefined) return [];
  const steps = settingSteps(path, flag);
  return [{ key: steps.join("."), path: steps, flag, holds: flag.inFile }];
}
