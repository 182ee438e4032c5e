import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import { HookcliError } from "../../core/model/errors.ts";

/** What better-sqlite3 brings a binary for; the README has it as a table. */
const SUPPORTED = "Linux (x64, arm64; glibc 2.34 or newer, or musl), macOS (x64, arm64) and Windows (x64, arm64)";
const PLATFORMS = ["linux", "darwin", "win32"];
const ARCHITECTURES = ["x64", "arm64"];

let isLoaded = false;

/**
 * Loads SQLite's binary, once, before anything is made for it on the disk.
 * @throws SQLITE_UNFIT where this system cannot run it, or it is missing or damaged
 */
export function loadSqlite(): void {
  if (isLoaded) return;
  try {
    new Sqlite(":memory:").close();
    isLoaded = true;
  } catch (error) {
    throw sqliteUnfit(error);
  }
}

/** What it means for a person that the binary could not be loaded. */
export function sqliteUnfit(error: unknown): HookcliError {
  const { platform, arch, version } = process;
  const libc = platform === "linux" ? libcOf() : undefined;
  const system = [platform, arch, libc, `Node ${version.slice(1)}`].filter((part) => part !== undefined).join(", ");
  const isKnown = PLATFORMS.includes(platform) && ARCHITECTURES.includes(arch);
  const { reason, isOfSystem } = reasonOf(error, isKnown);
  const advice = isOfSystem ? compiling() : "Install hookcli anew: npm install -g hookcli@latest";
  return new HookcliError("SQLITE_UNFIT", { system, reason, supported: SUPPORTED, advice }, { cause: error });
}

/** What a person can understand of what the system's loader said. */
function reasonOf(error: unknown, isKnown: boolean): { readonly reason: string; readonly isOfSystem: boolean } {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!isKnown) return { reason: "there is no binary for it", isOfSystem: true };
  if (code === "MODULE_NOT_FOUND") return { reason: "its binary is missing", isOfSystem: false };
  const needed = [...message.matchAll(/version `(GLIBC|GLIBCXX|CXXABI)_([\d.]+)' not found/g)].at(-1);
  if (needed)
    return { reason: `it needs ${needed[1] === "GLIBC" ? "glibc" : needed[1]} ${needed[2]}`, isOfSystem: true };
  if (message.includes("NODE_MODULE_VERSION"))
    return { reason: "its binary was compiled for another Node.js", isOfSystem: true };
  const [first = ""] = message.split("\n");
  return { reason: `its binary is damaged, or for another system (${first})`, isOfSystem: false };
}

/** What is compiled there is taken before what was brought along. */
function compiling(): string {
  return `To compile it here (Python, make and a C++ compiler are needed): cd ${packageFolder()} && npx node-gyp rebuild --release --force_build=1`;
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve("better-sqlite3/package.json"));
  } catch {
    return join("node_modules", "better-sqlite3");
  }
}

/** `glibc 2.31`, or musl where there is none. */
function libcOf(): string {
  const { report } = process;
  // Else each open connection's name would be looked up.
  Reflect.set(report, "excludeNetwork", true);
  const { header } = report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime === undefined ? "musl" : `glibc ${header.glibcVersionRuntime}`;
}
