import type { Command } from "../commands/command.ts";
import { readConfigDocument } from "./config-document.ts";
import { configKeys } from "./config-shape.ts";
import { type ConfigFile, readConfig } from "./read-config.ts";

/**
 * Reads and checks configuration files. Loaded only where there is one, because it brings a parser along.
 * @param paths the strongest first
 * @param home the person's home folder, for `~/` in paths
 * @throws FILE_UNREADABLE, BAD_CONFIG, BAD_VALUE
 */
export async function loadConfig(
  paths: readonly string[],
  commands: readonly Command[],
  home: string | undefined,
): Promise<readonly ConfigFile[]> {
  const keys = configKeys(commands);
  const files: ConfigFile[] = [];
  for (const path of paths) files.push(readConfig(await readConfigDocument(path), keys, home));
  return files;
}
