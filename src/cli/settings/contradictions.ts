import type { Command } from "./command.ts";
import type { AnyFlags } from "./flags.ts";

type Relations = Pick<Command, "excludes" | "needs">;

/**
 * What is given for this call, on the line or in the environment, has to make sense together; a file speaks for every call.
 * @throws USAGE
 */
export function refuseContradictions({ excludes = {}, needs = {} }: Relations, flags: AnyFlags): void {
  for (const [name, others] of Object.entries(excludes)) {
    const other = flags.isGiven(name) ? others?.find((each) => flags.isGiven(each)) : undefined;
    if (other !== undefined) throw flags.usage(`${flags.nameOf(name)} and ${flags.nameOf(other)} exclude each other`);
  }
  for (const [name, needed] of Object.entries(needs))
    if (needed !== undefined && flags.isGiven(name) && flags.origin(needed).kind === "default")
      throw flags.usage(`${flags.nameOf(name)} says nothing without --${needed}`);
}

/** Names of the flags that may not be given beside one. */
export function excludedBy({ excludes = {} }: Relations, name: string): readonly string[] {
  const others = Object.entries(excludes).filter(([, excluded]) => excluded?.includes(name));
  return [...(excludes[name] ?? []), ...others.map(([other]) => other)];
}

/** What help says of how a flag stands to others: ` (not with --body, --raw)`, or nothing. */
export function relationText(command: Relations, name: string): string {
  const excluded = excludedBy(command, name).map((other) => `--${other}`);
  const needed = command.needs?.[name];
  const parts = [
    ...(needed === undefined ? [] : [`with --${needed}`]),
    ...(excluded.length === 0 ? [] : [`not with ${excluded.join(", ")}`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}
