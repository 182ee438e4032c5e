import type { Command as Parser } from "commander";
import type { ConfigFile } from "../config/read-config.ts";
import { findConfigFiles } from "../config/find-config.ts";
import type { SettingOrigin } from "../config/setting-origin.ts";
import type { Command } from "./command.ts";
import { type AnyFlags, Flags } from "./flags.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import { attributeName, commonFlags, type Flag } from "../flags/flag.ts";
import type { RawFlag, RawFlags } from "../flags/raw-flag.ts";

/**
 * The flags of one call of a command, each with its value from the strongest source that has one: command line,
 * environment, the project's configuration file, the person's own, default.
 * @param commands all of them: a file is checked as a whole, whichever command reads it
 * @throws FILE_UNREADABLE, BAD_CONFIG, BAD_VALUE
 */
export async function readSettings(
  parser: Parser,
  command: Command,
  commands: readonly Command[],
  at: Surroundings,
): Promise<AnyFlags> {
  const files = command.ignoresConfig === true ? [] : await configFiles(parser, commands, at);
  const raw: Record<string, RawFlag | undefined> = { ...parser.opts<RawFlags>() };
  const origins = new Map<string, SettingOrigin>();
  for (const [flag, section] of [...command.flags.map((mine) => [mine, command.name] as const), ...common()]) {
    const name = attributeName(flag);
    if (parser.getOptionValueSource(name) === "cli") {
      origins.set(name, { kind: "flag" });
      continue;
    }
    const found = fromEnvironment(flag, at.env) ?? fromFiles(flag, section, files);
    if (found) raw[name] = found.value;
    if (found) origins.set(name, found.origin);
  }
  return new Flags(raw, (name) => origins.get(name) ?? { kind: "default" }, { command: command.name, files, commands });
}

interface Found {
  readonly value: RawFlag;
  readonly origin: SettingOrigin;
}

/** A flag's value from the environment; an empty variable is none. */
export function fromEnvironment({ env, isRepeatable }: Flag, given: Surroundings["env"]): Found | undefined {
  const value = env === undefined ? undefined : given[env];
  if (env === undefined || !value) return undefined;
  return { value: isRepeatable === true ? [value] : value, origin: { kind: "environment", variable: env } };
}

/** A flag's value from the strongest file that has one; `section` is its command's, undefined for common flags. */
export function fromFiles(flag: Flag, section: string | undefined, files: readonly ConfigFile[]): Found | undefined {
  if (flag.inFile === undefined) return undefined;
  const key = section === undefined ? attributeName(flag) : `${section}.${attributeName(flag)}`;
  const setting = files.map(({ settings }) => settings.get(key)).find((found) => found !== undefined);
  return setting && { value: setting.value, origin: { kind: "file", key, place: setting.place } };
}

function common(): readonly (readonly [Flag, undefined])[] {
  return commonFlags.map((flag) => [flag, undefined]);
}

async function configFiles(
  parser: Parser,
  commands: readonly Command[],
  at: Surroundings,
): Promise<readonly ConfigFile[]> {
  const { config } = parser.opts<{ config?: string | false }>();
  const paths = findConfigFiles(at, config ?? (at.env["HOOKCLI_CONFIG"] || undefined));
  if (paths.length === 0) return [];
  const { loadConfig } = await import("../config/load-config.ts");
  return loadConfig(paths, commands, at.env);
}
