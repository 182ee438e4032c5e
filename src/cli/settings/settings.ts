import type { Command as Parser } from "commander";
import type { ConfigFile } from "../config/read-config.ts";
import { findConfigFiles } from "../config/find-config.ts";
import type { SettingOrigin } from "../config/setting-origin.ts";
import type { Command } from "./command.ts";
import { type AnyFlags, Flags } from "./flags.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import { callOf, type Placed } from "../flags/every-command.ts";
import { attributeName, commonFlags, type Flag, settingSteps, type RawFlag, type RawFlags } from "../flags/flag.ts";

/**
 * The flags of one call of a command, each with its value from the strongest source that has one: command line,
 * environment, the project's configuration file, the person's own, default.
 * @param commands all of them: a file is checked as a whole, whichever command reads it
 * @throws FILE_UNREADABLE, BAD_CONFIG, BAD_VALUE
 */
export async function readSettings(
  parser: Parser,
  { command, path }: Placed<Command>,
  commands: readonly Command[],
  at: Surroundings,
): Promise<AnyFlags> {
  const files = command.ignoresConfig === true ? [] : await configFiles(parser, commands, at);
  const raw: Record<string, RawFlag | undefined> = { ...parser.opts<RawFlags>() };
  const origins = new Map<string, SettingOrigin>();
  for (const [flag, key] of [...keysOf(command.flags, path), ...keysOf(commonFlags, [])]) {
    const name = attributeName(flag);
    if (parser.getOptionValueSource(name) === "cli") {
      origins.set(name, { kind: "flag" });
      continue;
    }
    const found = fromEnvironment(flag, at.env) ?? fromFiles(flag, key, files);
    if (found) raw[name] = found.value;
    if (found) origins.set(name, found.origin);
  }
  return new Flags(raw, (name) => origins.get(name) ?? { kind: "default" }, { command: callOf(path), files, commands });
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

/** A flag's value from the strongest file that has one at its key: `db`, `listen.maxBody`. */
export function fromFiles(flag: Flag, key: string, files: readonly ConfigFile[]): Found | undefined {
  if (flag.inFile === undefined) return undefined;
  const setting = files.map(({ settings }) => settings.get(key)).find((found) => found !== undefined);
  return setting && { value: setting.value, origin: { kind: "file", key, place: setting.place } };
}

/** Flags of the command at the end of a path, each with its key in a file. */
function keysOf(flags: readonly Flag[], path: readonly Command[]): readonly (readonly [Flag, string])[] {
  return flags.map((flag) => [flag, settingSteps(path, flag).join(".")]);
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
