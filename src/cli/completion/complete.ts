import type { Argument, Command } from "../settings/command.ts";
import { commonFlags, type Flag, flagNamed, longName, namesOf, takesValue } from "../flags/flag.ts";
import { excludedBy } from "../settings/contradictions.ts";
import { findCommand } from "../settings/find-command.ts";

/** One thing that may stand where the cursor is. */
export interface Candidate {
  readonly value: string;
  readonly says: string;
}

/** What a shell offers: these words, or the names of files, which it knows best itself. */
export type Completion = readonly Candidate[] | "files";

/** What the store and the filter have to offer; asked only where it is wanted. */
export interface LiveCandidates {
  requests(typed: string): Promise<readonly Candidate[]>;
  filterTerms(typed: string): Promise<readonly Candidate[]>;
  providers(): Promise<readonly Candidate[]>;
}

const HELP: Candidate = { value: "help", says: "Show help for a command" };
const HELP_FLAG: Candidate = { value: "--help", says: "show help" };

/**
 * What may stand in place of the last word.
 * @param words all words of the line behind `hookcli`, up to the cursor; the last one is being typed, and may be empty
 * @param commands the tree of commands that there are
 */
export async function complete(
  words: readonly string[],
  commands: readonly Command[],
  live: LiveCandidates,
): Promise<Completion> {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const isHelp = before[0] === "help";
  const { path, flags, rest, stray } = findCommand(commands, isHelp ? before.slice(1) : before);
  if (stray !== undefined) return [];
  const command = path.at(-1);
  const names = rest.length > 0 ? [] : commandWords(command ? (command.subcommands ?? []) : commands);
  if (isHelp) return startingWith(typed, names);
  const place = { command, names: command ? names : [...names, HELP], before: [...flags, ...rest] };
  return command?.load === undefined && rest.length > 0 ? [] : within(place, typed, live);
}

/** What is known of the place where the cursor is. */
interface Place {
  /** The command that is called; undefined: none yet. */
  readonly command: Command | undefined;
  /** Commands that may be named here. */
  readonly names: readonly Candidate[];
  /** Flags and words that stand before, without names of commands. */
  readonly before: readonly string[];
}

async function within({ command, names, before }: Place, typed: string, live: LiveCandidates): Promise<Completion> {
  if (before.includes("--")) return "files";
  const flags: readonly Flag[] = [...(command?.flags ?? []), ...commonFlags];
  const asking = flagNamed(flags, before.at(-1) ?? "");
  if (asking && takesValue(asking)) return valuesFor(asking, valueName(asking.flags), typed, live);
  const [, written = "", value = ""] = /^(--[a-z-]+)=(.*)$/s.exec(typed) ?? [];
  const assigned = flagNamed(flags, written);
  if (assigned) {
    const values = await valuesFor(assigned, valueName(assigned.flags), value, live);
    return values === "files" ? values : values.map((each) => ({ ...each, value: `${written}=${each.value}` }));
  }
  const fitting = startingWith(typed, names);
  const argument = typed.startsWith("-") ? undefined : argumentAt(command?.arguments ?? [], before, flags);
  if (!argument) return [...fitting, ...startingWith(typed, flagWords(command, before))];
  const values = await valuesFor(argument, valueName(argument.name), typed, live);
  if (values !== "files") return [...fitting, ...values];
  return fitting.length > 0 ? fitting : values;
}

/** Flags that may still be given. A list of commands shows none of those that go behind its commands. */
function flagWords(command: Command | undefined, before: readonly string[]): readonly Candidate[] {
  if (!command) return [HELP_FLAG, { value: "--version", says: "print it" }];
  if (!command.load) return [HELP_FLAG];
  const flags: readonly Flag[] = [...command.flags, ...commonFlags];
  const given = flags.filter((flag) => namesOf(flag).some((each) => before.includes(each)));
  const closed = new Set(given.flatMap((flag) => excludedBy(command, longName(flag))));
  const open = flags.filter(
    (flag) => (flag.isRepeatable === true || !given.includes(flag)) && !closed.has(longName(flag)),
  );
  return [...open.map(flagWord), HELP_FLAG];
}

/** The argument that the next word without a dash is; the last one again where it may be repeated. */
function argumentAt(
  known: readonly Argument[],
  before: readonly string[],
  flags: readonly Flag[],
): Argument | undefined {
  const given = before.filter((word, at) => {
    const asking = flagNamed(flags, before[at - 1] ?? "");
    return !word.startsWith("-") && !(asking && takesValue(asking));
  });
  const last = known.at(-1);
  const isOpenEnded = last !== undefined && /\.\.\.|…/.test(last.name);
  const argument = known[given.length] ?? (isOpenEnded ? last : undefined);
  return argument?.name.startsWith("[--") === true ? undefined : argument;
}

async function valuesFor(
  { choices, flags = "" }: { readonly choices?: readonly string[]; readonly flags?: string },
  name: string,
  typed: string,
  live: LiveCandidates,
): Promise<Completion> {
  if (choices)
    return startingWith(
      typed,
      choices.map((value) => ({ value, says: "" })),
    );
  if (/\bfile\b/.test(name)) return "files";
  // The two of `diff` are called what they are there.
  if (/\b(?:requests?|left|right)\b/.test(name)) return startingWith(typed, await live.requests(typed));
  if (name === "provider" || flags.startsWith("--provider ")) return startingWith(typed, await live.providers());
  return name === "filter" ? startingWith(typed, await live.filterTerms(typed)) : [];
}

function startingWith(typed: string, candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ value }) => value.startsWith(typed) && value !== "");
}

function commandWords(commands: readonly Command[]): readonly Candidate[] {
  return commands.map(({ name, summary }) => ({ value: name, says: summary }));
}

function flagWord(flag: Flag): Candidate {
  return { value: namesOf(flag).at(-1) ?? "", says: flag.description };
}

/** `request` of `<request>` or `[request...]` */
function valueName(text: string): string {
  return /[<[]([^>\]]*?)(?:\.\.\.|…)?[>\]]/.exec(text)?.[1] ?? "";
}
