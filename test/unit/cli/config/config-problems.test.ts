import { describe, expect, test } from "vitest";
import type { ConfigDocument } from "../../../../src/cli/config/config-document.ts";
import { keyText, lacking, noSuchKey, type Steps, wrongKind } from "../../../../src/cli/config/config-problems.ts";

const path = "/shop/hookcli.config.json";
const document: ConfigDocument = { path, content: undefined, placeOf: (steps) => `${path}:${steps.join("/")}` };

test.each<[Steps, string]>([
  [[], "the file"],
  [["db"], "db"],
  [["listen", "port"], "listen.port"],
  [["routes", 0, "to"], "routes[0].to"],
  [["routes", 0, "to", 2], "routes[0].to[2]"],
])("the way %j is written as %s", (steps, text) => {
  expect(keyText(steps)).toBe(text);
});

describe("a value of the wrong kind", () => {
  test("is told with its place, its key, what was wanted, and where all settings are shown", () => {
    expect(wrongKind("4400", ["listen", "port"], document, "a number")).toMatchObject({
      code: "BAD_CONFIG",
      message: `${path}:listen/port: listen.port must be a number, not "4400"`,
      hint: "hookcli init --print shows a file with every setting. To go on without configuration files: --no-config",
    });
  });

  test.each<[unknown, string]>([
    ["a\nb", '"a\\nb"'],
    [7, "7"],
    [false, "false"],
    [null, "null"],
    [undefined, "undefined"],
    [[1, 2], "a list"],
    [{ token: "abc" }, "an object"],
    [() => "abc", "a function"],
    ["x".repeat(38), `"${"x".repeat(38)}"`],
    ["x".repeat(39), `"${"x".repeat(39)}…`],
  ])("is repeated only as far as it is one short word: %j", (value, shown) => {
    expect(wrongKind(value, ["db"], document, "text").message).toBe(`${path}:db: db must be text, not ${shown}`);
  });
});

describe("a key that does not exist", () => {
  test.each<[string, Steps, readonly string[], readonly string[], string, string]>([
    ["a slip", ["lisen"], ["listen", "list"], [], 'there is no setting "lisen"', 'Did you mean "listen"?'],
    ["below another", ["listen", "prot"], ["port"], [], '"prot" in listen', 'Did you mean "port"?'],
    ["in a list", ["routes", 1, "pth"], ["path"], [], '"pth" in routes[1]', 'Did you mean "path"?'],
    ["written as the flag", ["listen", "on-error"], ["onError"], [], '"on-error" in listen', 'mean "onError"?'],
    ["written with a line below", ["on_error"], ["onError"], [], '"on_error"', 'Did you mean "onError"?'],
    ["one of elsewhere", ["port"], ["db"], ["db", "listen.port"], '"port"', 'Did you mean "listen.port"?'],
    ["one of here and of elsewhere", ["prot"], ["port"], ["listen.port"], '"prot"', 'Did you mean "port"?'],
    ["nothing like it", ["weather"], ["db"], ["listen.port"], '"weather"', "hookcli init --print shows a file"],
  ])("%s", (_, steps, neighbours, elsewhere, problem, help) => {
    const { code, message, hint } = noSuchKey(steps, document, neighbours, elsewhere);
    expect(code).toBe("BAD_CONFIG");
    expect(message).toContain(`${path}:${steps.join("/")}: there is no setting `);
    expect(message.endsWith(problem)).toBe(true);
    expect(hint).toContain(help);
  });
});

test("what a value lacks is told with its place", () => {
  expect(lacking(["routes", 0], document, 'needs "to"')).toMatchObject({
    code: "BAD_CONFIG",
    message: `${path}:routes/0: routes[0] needs "to"`,
    hint: expect.stringContaining("hookcli init --print") as unknown,
  });
});
