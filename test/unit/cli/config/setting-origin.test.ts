import { expect, test } from "vitest";
import { originText } from "../../../../src/cli/config/setting-origin.ts";

test("an origin is told in a word, a variable or a place", () => {
  expect([
    originText({ kind: "flag" }),
    originText({ kind: "environment", variable: "HOOKCLI_PORT" }),
    originText({ kind: "file", key: "listen.port", place: "/shop/hookcli.config.jsonc:3:5" }),
    originText({ kind: "default" }),
  ]).toEqual(["flag", "environment HOOKCLI_PORT", "/shop/hookcli.config.jsonc:3:5", "default"]);
});
