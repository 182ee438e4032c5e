import { join, resolve } from "node:path";
import type { FlagsOf } from "../settings/flags.ts";
import type { Surroundings } from "../terminal/surroundings.ts";

/** Where the store is: `--db` or HOOKCLI_DB, else `hooks.db` in the data folder of the platform (XDG_DATA_HOME honoured). */
export function storePath(at: Surroundings, flags: FlagsOf): string {
  const given = flags.text("db");
  if (given) return resolve(at.directory, given);
  return join(dataFolder(at.env), "hooks.db");
}

function dataFolder(env: Surroundings["env"]): string {
  const home = env["HOME"] ?? env["USERPROFILE"] ?? ".";
  const xdg = env["XDG_DATA_HOME"];
  // The specification: a relative path there is invalid and must be ignored.
  if (xdg?.startsWith("/")) return join(xdg, "hookcli");
  const windows = env["LOCALAPPDATA"];
  return windows ? join(windows, "hookcli", "Data") : join(home, ".local", "share", "hookcli");
}

/** A path as a person writes it: `~` for the home folder. */
export function homePath(path: string, env: Surroundings["env"]): string {
  const home = env["HOME"];
  return home && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
