import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { distrust, isCode } from "../../../../src/cli/config/distrust.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";
import { testAsRoot, testWithTool } from "../../../helpers/tools.ts";

const NOBODY = 65_534;

test("a file of our own that only we may write is used, also by way of a link of ours", () => {
  const path = written("hookcli.config.json", 0o644);
  symlinkSync(path, `${path}-link`);
  expect([distrust(path), distrust(`${path}-link`)]).toEqual([undefined, undefined]);
});

describe("is not used:", () => {
  test("what everyone may write", () => {
    expect(distrust(written("hookcli.config.json", 0o666))).toBe("everyone may write to the file");
  });

  test("what is no file", () => {
    const path = join(temporaryFolder(), "hookcli.config.json");
    mkdirSync(path);
    expect(distrust(path)).toBe("the file is a folder");
  });

  testWithTool("mkfifo", "a pipe", () => {
    const path = join(temporaryFolder(), "hookcli.config.json");
    execFileSync("mkfifo", [path]);
    expect(distrust(path)).toBe("the file is a named pipe");
  });

  test("code in a folder to which everyone may write, which data may lie in", () => {
    const [code, data] = [written("hookcli.config.mjs", 0o644), written("hookcli.config.json", 0o644)];
    for (const path of [code, data]) chmodSync(join(path, ".."), 0o777);
    expect(distrust(code)).toBe("everyone may write to its folder, from which it may load more code");
    expect(distrust(data)).toBeUndefined();
    chmodSync(join(code, ".."), 0o1777);
    expect(distrust(code)).toBeUndefined();
    const link = join(temporaryFolder(), "hookcli.config.mjs");
    chmodSync(join(code, ".."), 0o777);
    symlinkSync(code, link);
    expect(distrust(link)).toBe("everyone may write to its folder, from which it may load more code");
  });

  testAsRoot("another user's file, or what another user's link leads to", () => {
    const theirs = written("hookcli.config.json", 0o644);
    chownSync(theirs, NOBODY, NOBODY);
    expect(distrust(theirs)).toBe(`the file belongs to another user (uid ${NOBODY})`);
    const link = `${written("mine.json", 0o644)}-link`;
    symlinkSync("mine.json", link);
    lchownSync(link, NOBODY, NOBODY);
    expect(distrust(link)).toBe(`the file belongs to another user (uid ${NOBODY})`);
  });
});

test("code is what Node would run", () => {
  const names = ["a.mjs", "a.cjs", "a.js", "a.ts", "a.mts", "a.MJS", "a.json", "a.jsonc", "package.json"];
  expect(names.map(isCode)).toEqual([true, true, true, true, true, true, false, false, false]);
});

function written(name: string, mode: number): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, "{}");
  chmodSync(path, mode);
  return path;
}
