import type { AnyFlags } from "../settings/flags.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import { configuredSources, givenSources } from "./find-sources.ts";
import { parseSecretSource, type SecretSource } from "../config/secret-source.ts";

/** From here on this secret is covered wherever it would be printed. */
export function coverText(at: Surroundings, secret: string): void {
  for (const printer of [at.out, at.err]) printer.cover(secret);
}

/** Covers what a command line and the environment hold, before anything can go wrong that would say it again. */
export function coverGiven(at: Surroundings, args: readonly string[]): void {
  for (const [name, value] of Object.entries(at.env))
    if (value && /^HOOKCLI_SECRET(?:_|$)/.test(name)) coverText(at, value);
  for (const [index, arg] of args.entries()) {
    const value = arg.startsWith("--secret=") ? arg.slice(9) : arg === "--secret" ? wordBehind(args, index) : undefined;
    if (value === undefined) continue;
    const source = parseSecretSource(value.replace(/^@/, "file:"), at.directory);
    if ("problem" in source || source.kind === "literal") coverText(at, value);
  }
}

/** A flag that follows is none: `--secret` may stand alone. */
function wordBehind(args: readonly string[], index: number): string | undefined {
  const word = args[index + 1];
  return word?.startsWith("-") === true ? undefined : word;
}

/**
 * Covers every secret that costs nothing to know, whatever the command: what is written out, in a variable or in a plain
 * file. No program is run and nobody is asked for the sake of a mask.
 */
export async function coverConfigured(at: Surroundings, flags: AnyFlags): Promise<void> {
  const sources = [...configuredSources(at, flags), ...known(() => givenSources(at, flags))];
  for (const { source } of sources) if (isCheap(source)) await cover(at, source);
}

function isCheap({ kind }: SecretSource): boolean {
  return kind !== "program";
}

async function cover(at: Surroundings, source: SecretSource): Promise<void> {
  if (source.kind === "literal") return coverText(at, source.text);
  if (source.kind === "environment") return coverText(at, at.env[source.variable] ?? "");
  const { peekSecretFile } = await import("./read-source.ts");
  const text = source.kind === "file" ? peekSecretFile(source, at.env) : undefined;
  if (text !== undefined) coverText(at, text);
}

/** What is wrong with a flag is told by the command that reads it. */
function known<Source>(read: () => readonly Source[]): readonly Source[] {
  try {
    return read();
  } catch {
    return [];
  }
}
