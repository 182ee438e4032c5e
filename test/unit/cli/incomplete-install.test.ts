import { expect, test } from "vitest";
import { incompleteInstall } from "../../../src/cli/incomplete-install.ts";

test("a package or a chunk that is not there is named", () => {
  for (const [message, part] of [
    ["Cannot find package 'undici' imported from /x/dist/main.js", "undici"],
    ["Cannot find module '/x/dist/store-1.js' imported from /x/dist/main.js", "/x/dist/store-1.js"],
    ["something else", "something else"],
  ] as const) {
    const error = Object.assign(new Error(message), { code: "ERR_MODULE_NOT_FOUND" });
    expect(incompleteInstall(error)).toMatchObject({ code: "INCOMPLETE_INSTALL", details: { part } });
  }
});

test("any other error is none of it", () => {
  expect([new Error("no"), "text", undefined].map(incompleteInstall)).toEqual([undefined, undefined, undefined]);
});
