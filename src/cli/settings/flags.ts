import { toWire, withoutBlanks } from "../../core/model/headers.ts";
import { parseDurationMs, parseSizeBytes, parseWholeNumber } from "../../core/model/quantities.ts";
import { badValue, HookcliError } from "../../core/model/errors.ts";
import type { HeaderEdit } from "../../core/model/outgoing-headers.ts";
import type { RouteRule } from "../../core/model/route-rule.ts";
import { camelCase, type CommonFlag, type Flag, type FlaggedCommand, type RawFlags } from "../flags/flag.ts";
import type { ConfigFile } from "../config/read-config.ts";
import type { SettingOrigin } from "../config/setting-origin.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";
import type { NamedSource } from "../config/secret-source.ts";
import type { ListName, SwitchName, TextName } from "../flags/flag-names.ts";

export interface FlagsOptions {
  /** The command that they were given to, as it is called: `hookcli endpoints add`. */
  readonly command?: string;
  readonly files?: readonly ConfigFile[];
  readonly commands?: readonly FlaggedCommand[];
}

/**
 * Reads settings by the long name of their flag, wherever they were set. Every reader throws BAD_VALUE, naming the value
 * and the flag, variable or file that set it.
 */
export class Flags<in Text extends string, in List extends string, in Switch extends string> {
  readonly #raw: RawFlags;
  readonly #originOf: (attribute: string) => SettingOrigin;
  readonly #command: string;
  /** Configuration files that were read, the strongest first. */
  readonly files: readonly ConfigFile[];
  /** All commands, whose flags a file may set. */
  readonly commands: readonly FlaggedCommand[];

  constructor(
    raw: RawFlags,
    originOf: (attribute: string) => SettingOrigin,
    { command = "hookcli", files = [], commands = [] }: FlagsOptions = {},
  ) {
    this.#raw = raw;
    this.#originOf = originOf;
    this.#command = command;
    this.files = files;
    this.commands = commands;
  }

  /** Whether a person set it for this call, by flag or environment; a file and a default speak for every call. */
  isGiven(name: Text | List | Switch): boolean {
    const { kind } = this.origin(name);
    return kind === "flag" || kind === "environment";
  }

  origin(name: Text | List | Switch): SettingOrigin {
    return this.#originOf(camelCase(name));
  }

  /** What an error calls a setting: `--port`, `HOOKCLI_PORT`, `listen.port (/shop/hookcli.config.jsonc:3:13)`. */
  nameOf(name: Text | List | Switch): string {
    const origin = this.origin(name);
    if (origin.kind === "environment") return origin.variable;
    return origin.kind === "file" ? `${origin.key} (${origin.place})` : `--${name}`;
  }

  /** Routes of the strongest file that has any. */
  get routes(): readonly RouteRule[] {
    return this.files.find(({ routes }) => routes !== undefined)?.routes ?? [];
  }

  /** Schemes of the person's own, each name once. */
  get schemes(): readonly Scheme[] {
    const byName = new Map<string, Scheme>();
    for (const scheme of this.files.flatMap(({ schemes }) => schemes))
      if (!byName.has(scheme.name)) byName.set(scheme.name, scheme);
    return [...byName.values()];
  }

  /** Where secrets are, by the files: for each provider the strongest file counts. Those for any provider come last. */
  get secrets(): readonly NamedSource[] {
    const sources = this.files.flatMap(({ secrets }, at) =>
      secrets.filter(({ provider }) => !this.files.slice(0, at).some((file) => holds(file, provider))),
    );
    const isForAll = ({ provider }: NamedSource): boolean => provider === undefined;
    return [...sources.filter((source) => !isForAll(source)), ...sources.filter(isForAll)];
  }

  /** An error about what was given, which says where its use is shown. */
  usage(problem: string): HookcliError {
    return new HookcliError("USAGE", { problem, help: `${this.#command} --help` });
  }

  isOn(name: Switch | Text): boolean {
    return this.#raw[camelCase(name)] === true;
  }

  text(name: Text): string | undefined {
    const value = this.#raw[camelCase(name)];
    return typeof value === "string" ? value : undefined;
  }

  list(name: List): readonly string[] {
    const value = this.#raw[camelCase(name)];
    return Array.isArray(value) ? (value as readonly string[]) : [];
  }

  /** The same for a flag that is given once here and several times there. */
  all(name: Text | List): readonly string[] {
    const value = this.#raw[camelCase(name)];
    return typeof value === "string" ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
  }

  choice<Choice extends string>(name: Text, choices: readonly Choice[]): Choice | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const chosen = choices.find((choice) => choice === text);
    if (chosen === undefined)
      throw badValue(
        this.nameOf(name),
        text,
        `it is not one of ${choices.join(", ")}`,
        `--${name} ${choices[0] ?? ""}`,
      );
    return chosen;
  }

  wholeNumber(name: Text, least: number, most: number): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseWholeNumber(text, this.nameOf(name), least, most);
  }

  durationMs(name: Text): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseDurationMs(text, this.nameOf(name));
  }

  sizeBytes(name: Text): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseSizeBytes(text, this.nameOf(name));
  }

  /** `Name: value` sets, `Name;` sets to nothing, `Name:` removes: curl's rules. */
  headerEdits(name: List): readonly HeaderEdit[] {
    return this.list(name).map((text) => parseHeaderEdit(text, this.nameOf(name), `--${name}`));
  }
}

/** Where it does not matter which flags there are. */
export type AnyFlags = Flags<string, string, string>;

/** What was given to whoever takes these flags, beside those that every command takes. Whoever takes more may be given in its place. */
export type FlagsOf<Of extends Flag = never> = Flags<
  TextName<Of | CommonFlag>,
  ListName<Of | CommonFlag>,
  SwitchName<Of | CommonFlag>
>;

function holds({ secrets }: ConfigFile, wanted: string | undefined): boolean {
  return secrets.some(({ provider }) => provider === wanted);
}

function parseHeaderEdit(text: string, settingName: string, flag: string): HeaderEdit {
  const example = `${flag} "X-Api-Version: 2" (or "X-Old:" to remove one)`;
  const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?::([^]*)|(;))$/.exec(text);
  if (!field) throw badValue(settingName, text, "it is not a header", example);
  const [, name = "", value = "", isEmpty] = field;
  if (isEmpty) return { name, value: "" };
  // Sent as UTF-8: one character a byte from here on.
  const bytes = toWire(withoutBlanks(value));
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(bytes))
    throw badValue(settingName, text, "it holds a control character", example);
  if (/^(?:content-length|transfer-encoding|connection|expect|upgrade|keep-alive|te|trailer)$/i.test(name))
    throw badValue(settingName, text, `${name} belongs to the connection, and hookcli sets it itself`, example);
  return { name, value: bytes === "" ? undefined : bytes };
}
