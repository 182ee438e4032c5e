import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { root } from "./sources.ts";

/** Platforms whose Node is to be had from npm in every version that the tests want. */
export const nodePlatforms = ["linux-x64", "linux-arm64"];

const run = promisify(execFile);
const cache = join(root, "node_modules", ".cache", "hookcli-nodes");

/** The folder that holds `node` of exactly this version: our own, or fetched with npm once and kept below node_modules. */
export async function nodeFolder(version: string): Promise<string> {
  if (process.version === `v${version}`) return dirname(process.execPath);
  const packageName = `node-${process.platform}-${process.arch}`;
  const folder = join(cache, version);
  const programs = join(folder, "node_modules", packageName, "bin");
  if (existsSync(join(programs, "node"))) return programs;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, "fetch-"));
  try {
    const quietly = ["--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--no-package-lock"];
    await run("npm", ["install", "--prefix", fresh, ...quietly, `${packageName}@${version}`], { cwd: fresh });
    // In one step, so that a run that is cut off leaves nothing half there.
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(join(programs, "node"))) throw error;
  }
  return programs;
}

/** A PATH that finds this folder's programs first. */
export function pathWith(folder: string): string {
  return folder + delimiter + (process.env["PATH"] ?? "");
}
