import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, textOf } from "../helpers/sources.ts";

/** These two name what they forbid. */
const exempt = ["test/rules/words.test.ts", "test/helpers/tools.ts"];

/** Top folders that many machines have, so that naming them gives nothing away. */
const commonTopFolders = ["bin", "dev", "etc", "home", "mnt", "opt", "private", "srv", "tmp", "usr", "var", "Users"];

const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\0")
  .filter((path) => path !== "" && !exempt.includes(path) && existsSync(join(root, path)));

test("no file names a folder of the machine it was written on", () => {
  const top = root.split("/")[1] ?? "";
  const folders = [`${root}/`, `${homedir()}/`, ...(commonTopFolders.includes(top) ? [] : [`/${top}/`])];
  const pattern = new RegExp(`(?<![\\w.~-])(?:${folders.map(escaped).join("|")})`);
  expect(linesLike(files, pattern)).toEqual([]);
});

test("each TODO names its issue", () => {
  const written = files.filter((path) => !path.startsWith("test/fixtures/") && path !== "package-lock.json");
  expect(linesLike(written, /\b(?:TODO|FIXME)\b(?!.*#\d)/)).toEqual([]);
});

test("tests are skipped through test/helpers/tools.ts alone, and none is singled out", () => {
  const tests = files.filter((path) => /^test\/.*\.ts$/.test(path));
  expect(linesLike(tests, /\.(?:only|skip|skipIf|runIf|todo|fails)\b\s*[(.]/)).toEqual([]);
});

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function linesLike(paths: readonly string[], pattern: RegExp): readonly string[] {
  return paths.flatMap((path) =>
    textOf(path)
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}
