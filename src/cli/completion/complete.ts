import type { Command } from "../settings/command.ts";
import { commands } from "../commands/index.ts";
import { commonFlags, type Flag, longName } from "../flags/flag.ts";
import { excludedBy } from "../settings/contradictions.ts";

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

/**
 * What may stand in place of the last word.
 * @param words all words of the line behind `hookcli`, up to the cursor; the last one is being typed, and may be empty
 */
export async function complete(words: readonly string[], live: LiveCandidates): Promise<Completion> {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const [name] = before;
  if (name === undefined) return startingWith(typed, programWords());
  if (name === "help") return startingWith(typed, before.length === 1 ? commandWords() : []);
  const command = commands.find((known) => known.name === name);
  return command ? withinCommand(command, before.slice(1), typed, live) : [];
}

async function withinCommand(
  command: Command,
  before: readonly string[],
  typed: string,
  live: LiveCandidates,
): Promise<Completion> {
  if (before.includes("--")) return "files";
  const flags: readonly Flag[] = [...command.flags, ...commonFlags];
  const asking = flagNamed(flags, before.at(-1) ?? "");
  if (asking && takesValue(asking)) return valuesFor(asking, valueName(asking.flags), typed, live);
  const [, written = "", value = ""] = /^(--[a-z-]+)=(.*)$/s.exec(typed) ?? [];
  const assigned = flagNamed(flags, written);
  if (assigned) {
    const values = await valuesFor(assigned, valueName(assigned.flags), value, live);
    return values === "files" ? values : values.map((each) => ({ ...each, value: `${written}=${each.value}` }));
  }
  const argument = typed.startsWith("-") ? undefined : argumentAt(command, before, flags);
  if (argument) return valuesFor(argument, valueName(argument.name), typed, live);
  const given = flags.filter((flag) => namesOf(flag).some((each) => before.includes(each)));
  const closed = new Set(given.flatMap((flag) => excludedBy(command, longName(flag))));
  const open = flags.filter(
    (flag) => (flag.isRepeatable === true || !given.includes(flag)) && !closed.has(longName(flag)),
  );
  return startingWith(typed, [...open.map(flagWord), { value: "--help", says: "show help" }]);
}

/** The argument that the next word without a dash is; the last one again where it may be repeated. */
function argumentAt(
  { arguments: known }: Command,
  before: readonly string[],
  flags: readonly Flag[],
): Command["arguments"][number] | undefined {
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
  if (/\b(?:file|folder|path)\b/.test(name)) return "files";
  if (/\brequests?\b/.test(name)) return startingWith(typed, await live.requests(typed));
  if (name === "provider" || flags.startsWith("--provider ")) return startingWith(typed, await live.providers());
  return name === "filter" ? startingWith(typed, await live.filterTerms(typed)) : [];
}

function startingWith(typed: string, candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ value }) => value.startsWith(typed) && value !== "");
}

function programWords(): readonly Candidate[] {
  const help = { value: "help", says: "Show help for a command" };
  return [...commandWords(), help, { value: "--help", says: "show help" }, { value: "--version", says: "print it" }];
}

function commandWords(): readonly Candidate[] {
  return commands.map(({ name, summary }) => ({ value: name, says: summary }));
}

function flagWord(flag: Flag): Candidate {
  return { value: namesOf(flag).at(-1) ?? "", says: flag.description };
}

function flagNamed(flags: readonly Flag[], word: string): Flag | undefined {
  return flags.find((flag) => namesOf(flag).includes(word));
}

/** `-f` and `--forward` of `-f, --forward <target>` */
function namesOf({ flags }: Flag): readonly string[] {
  return flags.replace(/[<[].*$/, "").match(/--?[A-Za-z][A-Za-z-]*/g) ?? [];
}

/** The next word is its value. One that may do without takes it behind `=` only. */
function takesValue({ flags }: Flag): boolean {
  return flags.includes("<");
}

/** `request` of `<request>` or `[request...]` */
function valueName(text: string): string {
  return /[<[]([^>\]]*?)(?:\.\.\.|…)?[>\]]/.exec(text)?.[1] ?? "";
}
