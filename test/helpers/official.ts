import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "../sdk/load.mjs";
import { root } from "./sources.ts";

const folder = join(root, "test/sdk");

/** Why the providers' own packages cannot be used, for those who run the tests; undefined where they can. */
export function officialObstacle(): string | undefined {
  const installed = join(folder, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return "needs the providers' own packages (npm run test:setup)";
  const there = versionsIn(installed);
  const stale = [...versionsIn(join(folder, "package-lock.json"))].find(
    ([name, version]) => there.get(name) !== version,
  );
  return stale && `needs ${stale[0].replace("node_modules/", "")} ${stale[1]} (npm run test:setup)`;
}

/** A provider's own package; the caller says what it holds. */
export async function official<Exports>(name: string): Promise<Exports> {
  return (await load(name)) as Exports;
}

/** Without the project itself. */
function versionsIn(lockFile: string): ReadonlyMap<string, string> {
  const { packages } = JSON.parse(readFileSync(lockFile, "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  const named = Object.entries(packages).filter(([name]) => name !== "");
  return new Map(named.map(([name, { version = "" }]) => [name, version]));
}
