import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Finished, RunningBin } from "../helpers/bin.ts";
import { root } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { describeOnPlatform } from "../helpers/tools.ts";

/** A system, and one whose binary is of no use there. */
const OTHERS = { "linux-x64": "linux-arm64", "linux-arm64": "linux-x64" } as const;

describeOnPlatform(["linux-x64", "linux-arm64"], "an installation whose SQLite cannot be loaded", () => {
  const here = `${process.platform}-${process.arch}` as keyof typeof OTHERS;

  test.each([
    ["is missing", () => undefined, "its binary is missing"],
    [
      "is garbage",
      (file: string) => writeFileSync(file, "garbage ".repeat(2000)),
      "its binary is damaged, or for another system (",
    ],
    ["is empty", (file: string) => writeFileSync(file, ""), "its binary is damaged, or for another system ("],
    [
      "is of another processor",
      (file: string) => cpSync(join(root, `node_modules/better-sqlite3/prebuilds/${OTHERS[here]}.node`), file),
      "its binary is damaged, or for another system (",
    ],
    ["needs a system library that is not there", musl, "its binary is damaged, or for another system (libc.musl"],
  ])("because it %s, says so in one sentence, and makes nothing", async (_, put, reason) => {
    const installed = installation();
    put(join(installed, "node_modules/better-sqlite3/prebuilds", `${here}.node`));
    for (const words of [["list"], ["listen", "--port", "0", "--for", "1s"], ["show", "1"]]) {
      const folder = temporaryFolder();
      const { code, out, err } = await run(installed, words, folder);
      expect([words[0], code, out]).toEqual([words[0], 4, ""]);
      expect(err).toMatch(
        /^error: SQLite cannot be loaded on this system \(linux, \w+, glibc [\d.]+, Node [\d.]+\): .*\n {2}hookcli runs on Linux .*Install hookcli anew: .*\n$/,
      );
      expect(err).toContain(reason);
      expect(readdirSync(folder)).toEqual([]);
    }
    const help = await run(installed, ["--help"], temporaryFolder());
    expect([help.code, help.err]).toEqual([0, ""]);
  });

  test.each([
    ["linux", "arm"],
    ["linux", "riscv64"],
    ["linux", "ia32"],
    ["freebsd", "x64"],
  ])("because there is none for %s on %s, says how to compile it", async (platform, arch) => {
    const disguise = `Object.defineProperties(process, { platform: { value: "${platform}" }, arch: { value: "${arch}" } })`;
    const preload = ["--import", `data:text/javascript,${encodeURIComponent(disguise)}`];
    const { code, err } = await run(installation(), ["list"], temporaryFolder(), preload);
    expect(code).toBe(4);
    expect(err).toMatch(
      new RegExp(
        `^error: SQLite cannot be loaded on this system \\(${platform}, ${arch}, .*\\): there is no binary for it\n`,
      ),
    );
    expect(err).toMatch(/cd \S+\/node_modules\/better-sqlite3 && npx node-gyp rebuild --release --force_build=1\n$/);
  });

  test("because its whole package is missing, says which", async () => {
    const installed = installation();
    rmSync(join(installed, "node_modules/better-sqlite3"), { recursive: true });
    const { code, err } = await run(installed, ["list"], temporaryFolder());
    expect([code, err]).toEqual([
      4,
      "error: a part of hookcli is missing: better-sqlite3\n  Install it anew: npm install -g hookcli@latest\n",
    ]);
  });
});

/** hookcli as it is installed, without SQLite's binaries. */
function installation(): string {
  const folder = temporaryFolder();
  for (const part of ["bin", "dist", "package.json"]) cpSync(join(root, part), join(folder, part), { recursive: true });
  const packages = join(folder, "node_modules");
  mkdirSync(join(packages, "better-sqlite3/prebuilds"), { recursive: true });
  for (const part of ["lib", "package.json"])
    cpSync(join(root, "node_modules/better-sqlite3", part), join(packages, "better-sqlite3", part), {
      recursive: true,
    });
  for (const name of ["chalk", "undici", "diff", "jsonc-parser"])
    symlinkSync(join(root, "node_modules", name), join(packages, name));
  return folder;
}

function musl(file: string): void {
  cpSync(join(root, `node_modules/better-sqlite3/prebuilds/linuxmusl-${process.arch}.node`), file);
}

async function run(
  installed: string,
  words: readonly string[],
  folder: string,
  before: readonly string[] = [],
): Promise<Finished> {
  return RunningBin.spawn([process.execPath, ...before, join(installed, "bin/hookcli.js"), ...words], {
    folder,
  }).ended();
}
