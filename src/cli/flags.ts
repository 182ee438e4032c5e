import { parseDurationMs, parseSizeBytes, parseWholeNumber } from "../core/model/quantities.ts";
import { badValue } from "../core/model/errors.ts";
import type { HeaderEdit } from "../core/model/outgoing-headers.ts";

/** Flag values as the command line gave them: text, presence, or a list where a flag may be repeated. */
export type RawFlags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Reads flags by their long name into values. Every reader throws BAD_VALUE, naming flag and value. */
export class Flags {
  readonly #raw: RawFlags;
  readonly #isGiven: (name: string) => boolean;

  /** @param isGiven whether a person set it (by flag or environment), or it is a default */
  constructor(raw: RawFlags, isGiven: (name: string) => boolean) {
    this.#raw = raw;
    this.#isGiven = isGiven;
  }

  isGiven(name: string): boolean {
    return this.#isGiven(camelCase(name));
  }

  isOn(name: string): boolean {
    return this.#raw[camelCase(name)] === true;
  }

  text(name: string): string | undefined {
    const value = this.#raw[camelCase(name)];
    return typeof value === "string" ? value : undefined;
  }

  list(name: string): readonly string[] {
    const value = this.#raw[camelCase(name)];
    return Array.isArray(value) ? (value as readonly string[]) : [];
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const chosen = choices.find((choice) => choice === text);
    if (chosen === undefined)
      throw badValue(`--${name}`, text, `it is not one of ${choices.join(", ")}`, `--${name} ${choices[0] ?? ""}`);
    return chosen;
  }

  wholeNumber(name: string, least: number, most: number): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseWholeNumber(text, `--${name}`, least, most);
  }

  durationMs(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseDurationMs(text, `--${name}`);
  }

  sizeBytes(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseSizeBytes(text, `--${name}`);
  }

  /** `Name: value` sets, `Name;` sets to nothing, `Name:` removes: curl's rules. */
  headerEdits(name: string): readonly HeaderEdit[] {
    return this.list(name).map((text) => parseHeaderEdit(text, `--${name}`));
  }
}

function parseHeaderEdit(text: string, flag: string): HeaderEdit {
  const example = `${flag} "X-Api-Version: 2" (or "X-Old:" to remove one)`;
  const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?::[ \t]*([^]*?)[ \t]*|(;))$/.exec(text);
  if (!field) throw badValue(flag, text, "it is not a header", example);
  const [, name = "", value = "", isEmpty] = field;
  if (isEmpty) return { name, value: "" };
  // Sent as UTF-8: one character a byte from here on.
  const bytes = Buffer.from(value, "utf8").toString("latin1");
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(bytes))
    throw badValue(flag, text, "it holds a control character", example);
  if (/^(?:content-length|transfer-encoding|connection|expect|upgrade|keep-alive|te|trailer)$/i.test(name))
    throw badValue(flag, text, `${name} belongs to the connection, and hookcli sets it itself`, example);
  return { name, value: value === "" ? undefined : bytes };
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
