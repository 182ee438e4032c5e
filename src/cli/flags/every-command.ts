/** What may hold others of its kind. */
interface Holder<Held> {
  readonly name: string;
  readonly subcommands?: readonly Held[];
}

/** A command, and the way to it. */
export interface Placed<Of> {
  readonly command: Of;
  /** From the outermost one in; the last one is the command itself. */
  readonly path: readonly Of[];
}

/** All commands of a tree, in the order of the lists; a command stands before its subcommands. */
export function everyCommand<Of extends Holder<Of>>(
  commands: readonly Of[],
  above: readonly Of[] = [],
): readonly Placed<Of>[] {
  return commands.flatMap((command) => {
    const path = [...above, command];
    return [{ command, path }, ...everyCommand(command.subcommands ?? [], path)];
  });
}

/** How a command is called: `hookcli endpoints add`. */
export function callOf(path: readonly { readonly name: string }[]): string {
  return ["hookcli", ...path.map(({ name }) => name)].join(" ");
}
