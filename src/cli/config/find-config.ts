import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { HookcliError } from "../../core/model/errors.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import { distrust } from "./distrust.ts";

/** Names of a project's configuration file; in one folder the first of them counts, and package.json comes last. */
export const PROJECT_FILES = ["jsonc", "json", "ts", "mts", "js", "mjs"].map((ending) => `hookcli.config.${ending}`);
const USER_FILES = ["config.jsonc", "config.json"];
const PACKAGE_FILE = "package.json";
/** No manifest is as large. */
const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;

/**
 * Paths of the configuration files that count, the strongest first: the project's, then the person's own. Looks for
 * fixed names only, so that a folder of any size costs the same.
 * @param asked `--config`: a file in place of the project's; `false` (`--no-config`): none at all
 * @throws BAD_CONFIG where a file that was found (and not named) is somebody else's, or may be written by others
 */
export function findConfigFiles(at: Surroundings, asked: string | false | undefined): readonly string[] {
  if (asked === false) return [];
  const project = asked === undefined ? findUpward(at) : resolve(at.directory, asked);
  const own = userFolder(at.env);
  const user = own === undefined ? undefined : firstOf(own, USER_FILES);
  if (user !== undefined) trusted(user);
  return [project, user].filter((path) => path !== undefined);
}

/** The home folder, where there is one. */
export function homeFolder(env: Surroundings["env"]): string | undefined {
  return env["HOME"] || env["USERPROFILE"] || undefined;
}

/** Whether a file lies where a person keeps their own settings, and so belongs to no project. */
export function isOwnFile(path: string, env: Surroundings["env"]): boolean {
  return dirname(path) === userFolder(env);
}

/** From the current folder up to the home folder, or to the root where that is not on the way. */
function findUpward(at: Surroundings): string | undefined {
  const home = homeFolder(at.env);
  const last = home === undefined ? undefined : resolve(home);
  for (let folder = resolve(at.directory); ; folder = dirname(folder)) {
    const found = findIn(folder);
    if (found !== undefined) return trusted(found);
    if (folder === last || folder === dirname(folder)) return undefined;
  }
}

function findIn(folder: string): string | undefined {
  const manifest = join(folder, PACKAGE_FILE);
  // Asked for first: an error for each folder without one would cost more than all the questions.
  return firstOf(folder, PROJECT_FILES) ?? (existsSync(manifest) && holdsSection(manifest) ? manifest : undefined);
}

function firstOf(folder: string, names: readonly string[]): string | undefined {
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** Whether a package.json has a `hookcli` object of its own, and not only a dependency of this name. */
function holdsSection(manifest: string): boolean {
  try {
    // Anything may lie in a folder that we only pass: a pipe would never end, and a device neither.
    const found = statSync(manifest);
    if (!found.isFile() || found.size > MOST_MANIFEST_BYTES) return false;
    const text = readFileSync(manifest, "utf8");
    if (!text.includes('"hookcli"')) return false;
    const parsed = JSON.parse(text) as { readonly hookcli?: unknown } | null;
    return typeof parsed?.hookcli === "object" && parsed.hookcli !== null;
  } catch {
    // It is not ours to complain about.
    return false;
  }
}

/** A file that another user wrote, or may write, could run as us, or send requests to them. */
function trusted(path: string): string {
  const problem = distrust(path);
  if (problem === undefined) return path;
  throw new HookcliError("BAD_CONFIG", { place: path, problem, help: `If you trust it, name it: --config ${path}.` });
}

function userFolder(env: Surroundings["env"]): string | undefined {
  const xdg = env["XDG_CONFIG_HOME"];
  // The specification: a relative path there is invalid and must be ignored.
  if (xdg && isAbsolute(xdg)) return join(xdg, "hookcli");
  const windows = env["APPDATA"];
  if (windows) return join(windows, "hookcli", "Config");
  const home = homeFolder(env);
  return home === undefined ? undefined : join(home, ".config", "hookcli");
}
