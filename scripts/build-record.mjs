/**
 * What the last build read and wrote, by the hash of each file, so that a build of the same sources is not made twice:
 * by `npm ci`, by `npm test` and by the tests themselves.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** @typedef {Readonly<Record<string, string | null>>} Hashes by path; null where there is no such file */

/** Below node_modules, since `npm ci` takes it away together with what the build was made with. */
const RECORD = "node_modules/.cache/hookcli/build.json";

/**
 * Whether `dist/` is what a build would make of the files as they are now. Whatever cannot be told means that it is not.
 * @param {string} root
 * @returns {boolean}
 */
export function isUpToDate(root) {
  try {
    /** @type {{ read: Hashes, written: Hashes }} */
    const { read, written } = JSON.parse(readFileSync(join(root, RECORD), "utf8"));
    const inDist = readdirSync(join(root, "dist")).map((name) => `dist/${name}`);
    return isSame(root, read) && isSame(root, written) && inDist.every((path) => path in written);
  } catch {
    return false;
  }
}

/**
 * @param {string} root
 * @param {{ startedMs: number, read: readonly string[], written: readonly string[] }} built `read` is all that the build
 *   depends on, paths go from the root on; where one of these files was changed while it ran, nobody knows what it read:
 *   nothing is kept, and the next build is made
 */
export function keepRecord(root, { startedMs, read, written }) {
  const path = join(root, RECORD);
  rmSync(path, { force: true });
  if (read.some((each) => changedAtMs(join(root, each)) >= startedMs)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ read: hashesOf(root, read), written: hashesOf(root, written) }));
}

/** @param {string} path */
function changedAtMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? 0;
}

/**
 * @param {string} root
 * @param {Hashes} hashes
 */
function isSame(root, hashes) {
  const now = hashesOf(root, Object.keys(hashes));
  return Object.entries(hashes).every(([path, hash]) => now[path] === hash);
}

/**
 * @param {string} root
 * @param {readonly string[]} paths
 * @returns {Hashes}
 */
function hashesOf(root, paths) {
  return Object.fromEntries(paths.map((path) => [path, hashOf(join(root, path))]));
}

/** @param {string} path */
function hashOf(path) {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch {
    return null;
  }
}
