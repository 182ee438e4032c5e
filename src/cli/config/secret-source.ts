import { HookcliError } from "../../core/model/errors.ts";
import { MASK } from "../../core/model/redact.ts";

/** Where the text of a secret is to be had. */
export type SecretSource =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "environment"; readonly variable: string }
  /** `path` as it was written; it counts from `folder`. */
  | { readonly kind: "file"; readonly path: string; readonly folder: string }
  /** A program, run in `folder` without a shell; its standard output is the secret. */
  | { readonly kind: "program"; readonly words: readonly string[]; readonly folder: string };

/** A source with all that is known about the secret before it is read. */
export interface NamedSource {
  /** For people: `--secret`, `HOOKCLI_SECRET_STRIPE`, `secrets.stripe in hookcli.config.jsonc`. */
  readonly name: string;
  /** Only for this provider; undefined: for all. */
  readonly provider: string | undefined;
  readonly source: SecretSource;
  /** It is the secret itself, in a file that may be handed on with the project. */
  readonly isWrittenOut: boolean;
}

/**
 * Reads `env:NAME`, `file:PATH` or `cmd:PROGRAM ARGUMENTS`; anything else is the secret itself.
 * @param folder from which paths count and in which programs run
 * @returns what is wrong with it, without repeating it, where it is one of the three and cannot be used
 */
export function parseSecretSource(text: string, folder: string): SecretSource | { readonly problem: string } {
  const [, kind, rest = ""] = /^(env|file|cmd):(.*)$/s.exec(text) ?? [];
  const value = rest.trim();
  switch (kind) {
    case "env":
      return /^[A-Za-z_]\w*$/.test(value)
        ? { kind: "environment", variable: value }
        : problem("env:", "the name of a variable");
    case "file":
      return value === "" ? problem("file:", "a path") : { kind: "file", path: value, folder };
    case "cmd": {
      const words = wordsOf(value);
      if (value.includes("\0")) return { problem: "the command holds a NUL" };
      if (!words) return { problem: "a quote in the command is never closed" };
      return words.length === 0 ? problem("cmd:", "a program") : { kind: "program", words, folder };
    }
    case undefined:
    default:
      return literal(text);
  }
}

/** A source as it may be shown: never the secret, and of a program no more than its name. */
export function secretSourceText(source: SecretSource): string {
  switch (source.kind) {
    case "literal":
      return MASK;
    case "environment":
      return `env:${source.variable}`;
    case "file":
      return `file:${source.path}`;
    case "program":
      return source.words.length > 1 ? `cmd:${source.words[0] ?? ""} …` : `cmd:${source.words[0] ?? ""}`;
    default:
      return source satisfies never;
  }
}

/** What a person is told whose source gave nothing. */
export function secretUnavailable(name: string, reason: string, advice: string): HookcliError {
  return new HookcliError("SECRET_UNAVAILABLE", { name, reason, advice });
}

function literal(text: string): SecretSource | { readonly problem: string } {
  const [, variable] = /^\$(?:\{?)([A-Za-z_]\w*)\}?$/.exec(text) ?? [];
  if (variable !== undefined) return { problem: `variables are not filled in; write env:${variable}` };
  return text.trim() === "" ? { problem: "it is empty" } : { kind: "literal", text };
}

function problem(prefix: string, wanted: string): { readonly problem: string } {
  return { problem: `behind ${prefix} stands ${wanted}` };
}

/** Words of a command line: divided by blanks, quotes of both kinds keep blanks in. Nothing else means anything. */
function wordsOf(line: string): readonly string[] | undefined {
  const words: string[] = [];
  const pattern = /\s*((?:[^\s"']+|"[^"]*"|'[^']*')+)/y;
  while (pattern.lastIndex < line.length) {
    const word = pattern.exec(line)?.[1];
    if (word === undefined) return undefined;
    words.push(
      word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ""),
    );
  }
  return words;
}
