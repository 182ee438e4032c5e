import type { Surroundings } from "../terminal/surroundings.ts";
import { readConfigDocument } from "./config-document.ts";
import { configKeys } from "./config-shape.ts";
import { homeFolder, isOwnFile } from "./find-config.ts";
import { type ConfigFile, readConfig } from "./read-config.ts";
import type { FlaggedCommand } from "../flags/flag.ts";

/**
 * Reads and checks configuration files. Loaded only where there is one, because it brings a parser along.
 * @param paths the strongest first
 * @throws FILE_UNREADABLE, BAD_CONFIG, BAD_VALUE
 */
export async function loadConfig(
  paths: readonly string[],
  commands: readonly FlaggedCommand[],
  env: Surroundings["env"],
): Promise<readonly ConfigFile[]> {
  const keys = configKeys(commands);
  const files: ConfigFile[] = [];
  for (const path of paths) {
    const place = { home: homeFolder(env), isOwn: isOwnFile(path, env) };
    files.push(readConfig(await readConfigDocument(path), keys, place));
  }
  if (files.some(({ secrets }) => secrets.length > 0)) {
    const { checkProviders } = await import("./check-providers.ts");
    checkProviders(files);
  }
  return files;
}
