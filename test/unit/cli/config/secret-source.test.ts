import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSecretSource, secretSourceText } from "../../../../src/cli/config/secret-source.ts";
import { hostileText } from "../../../helpers/hostile-text.ts";

const parse = (text: string): ReturnType<typeof parseSecretSource> => parseSecretSource(text, "/shop");

describe("a source is read", () => {
  test.each([
    ["whsec_abc", { kind: "literal", text: "whsec_abc" }],
    ["env", { kind: "literal", text: "env" }],
    ["$1 a month", { kind: "literal", text: "$1 a month" }],
    ["env:STRIPE_SECRET", { kind: "environment", variable: "STRIPE_SECRET" }],
    ["env: A1 ", { kind: "environment", variable: "A1" }],
    ["file:~/a b.pem", { kind: "file", path: "~/a b.pem", folder: "/shop" }],
    ["cmd:pass show  stripe", { kind: "program", words: ["pass", "show", "stripe"], folder: "/shop" }],
    [
      `cmd:op read "op://dev/my shop/key" '' x'"'y`,
      { kind: "program", words: ["op", "read", "op://dev/my shop/key", "", `x"y`], folder: "/shop" },
    ],
  ])("%s", (text, source) => {
    expect(parse(text)).toEqual(source);
  });

  test.each([
    ["", "it is empty"],
    [" \n", "it is empty"],
    ["env:", "behind env: stands the name of a variable"],
    ["env:A-B", "behind env: stands the name of a variable"],
    ["file: ", "behind file: stands a path"],
    ["cmd:", "behind cmd: stands a program"],
    ['cmd:sh -c "echo', "a quote in the command is never closed"],
    ["cmd:a\0b", "the command holds a NUL"],
    ["$STRIPE_SECRET", "variables are not filled in; write env:STRIPE_SECRET"],
    ["${STRIPE_SECRET}", "variables are not filled in; write env:STRIPE_SECRET"],
  ])("or refused: %j", (text, problem) => {
    expect(parse(text)).toEqual({ problem });
  });

  test("whatever it is, and a source that is shown shows no secret", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const source = parse(text);
        if ("problem" in source) expect(source.problem).not.toBe("");
        else if (source.kind === "literal") expect(secretSourceText(source)).toBe("••••");
      }),
    );
  });
});

test("of a program its name is shown alone: any of its words may be a secret", () => {
  const texts = ["env:A", "file:a.pem", "cmd:pass show stripe", "cmd:get-secret"].map((text) => {
    const source = parse(text);
    return "problem" in source ? "" : secretSourceText(source);
  });
  expect(texts).toEqual(["env:A", "file:a.pem", "cmd:pass …", "cmd:get-secret"]);
});
