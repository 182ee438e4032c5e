import { describe, expect, test } from "vitest";
import { loadSqlite, sqliteUnfit } from "../../../../src/io/sqlite/native.ts";
import { describeOnPlatform } from "../../../helpers/tools.ts";

const PREBUILT = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64", "win32-arm64"];

test("here it is loaded, as often as one likes", () => {
  expect([loadSqlite(), loadSqlite()]).toEqual([undefined, undefined]);
});

describeOnPlatform(PREBUILT, "what the system's loader says", () => {
  test.each([
    [
      "an old glibc",
      "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /x/linux-x64.node)",
      "it needs glibc 2.34",
      /node-gyp rebuild/,
    ],
    [
      "an old C++ library",
      "libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by x)",
      "it needs GLIBCXX 3.4.30",
      /node-gyp rebuild/,
    ],
    [
      "another Node's binary",
      "The module was compiled against a different Node.js version using\nNODE_MODULE_VERSION 108.",
      "its binary was compiled for another Node.js",
      /node-gyp rebuild/,
    ],
    [
      "a broken file",
      "/x: invalid ELF header\nmore",
      "its binary is damaged, or for another system (/x: invalid ELF header)",
      /npm install/,
    ],
  ])("of %s is one sentence, with what to do", (_, message, reason, advice) => {
    const error = sqliteUnfit(Object.assign(new Error(message), { code: "ERR_DLOPEN_FAILED" }));
    expect(error).toMatchObject({ code: "SQLITE_UNFIT", category: "environment", details: { reason } });
    expect(error.message).toMatch(/^SQLite cannot be loaded on this system \(\w+, \w+, .*Node [\d.]+\): /);
    expect(error.hint).toMatch(/^hookcli runs on Linux \(x64, arm64; glibc 2\.34 or newer, or musl\)/);
    expect(error.hint).toMatch(advice);
  });

  test("of a file that is not there is that hookcli has to be installed anew", () => {
    const error = sqliteUnfit(Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" }));
    expect(error.details["reason"]).toBe("its binary is missing");
    expect(error.hint).toMatch(/Install hookcli anew: npm install -g hookcli@latest$/);
  });
});

describe("the folder in which it would be compiled", () => {
  test("is where the package is", () => {
    const message = "version `GLIBC_2.34' not found";
    const { hint } = sqliteUnfit(Object.assign(new Error(message), { code: "ERR_DLOPEN_FAILED" }));
    expect(hint).toContain("node_modules/better-sqlite3 && npx node-gyp rebuild --release --force_build=1");
  });
});
