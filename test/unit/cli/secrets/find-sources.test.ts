import { describe, expect, test } from "vitest";
import type { ConfigFile } from "../../../../src/cli/config/read-config.ts";
import type { RawFlag } from "../../../../src/cli/flags/flag.ts";
import { configuredSources, givenSources, secretVariable } from "../../../../src/cli/secrets/find-sources.ts";
import { type AnyFlags, Flags } from "../../../../src/cli/settings/flags.ts";
import type { Surroundings } from "../../../../src/cli/terminal/surroundings.ts";
import { recordedSurroundings } from "../../../helpers/surroundings.ts";

const file: ConfigFile = {
  path: "hookcli.config.json",
  settings: new Map(),
  routes: undefined,
  schemes: [],
  secrets: [source("secrets.stripe", "stripe"), source("secrets.*", undefined)],
  isOwn: false,
};

function source(name: string, provider: string | undefined): ConfigFile["secrets"][number] {
  const place = `hookcli.config.json:${name}`;
  return { name, key: name, provider, source: { kind: "environment", variable: "X" }, isWrittenOut: false, place };
}

async function scene(env: Surroundings["env"] = {}, secret?: RawFlag): Promise<{ at: Surroundings; flags: AnyFlags }> {
  const { at } = await recordedSurroundings();
  return {
    at: { ...at, env, directory: "/shop" },
    flags: new Flags({ secret }, () => ({ kind: "flag" }), { files: [file] }),
  };
}

test.each([
  ["stripe", "HOOKCLI_SECRET_STRIPE"],
  ["standardwebhooks-v1a", "HOOKCLI_SECRET_STANDARDWEBHOOKS_V1A"],
  ["a-b-c", "HOOKCLI_SECRET_A_B_C"],
])("the secret of %s may stand in %s", (provider, variable) => {
  expect(secretVariable(provider)).toBe(variable);
});

describe("what --secret names", () => {
  test("is the secret itself, or where it is, and for whom it was asked", async () => {
    const { at, flags } = await scene({}, ["whsec_1", "@key.pem", "env:MINE", "cmd:pass show x"]);
    expect(givenSources(at, flags, "stripe")).toEqual([
      given(1, { kind: "literal", text: "whsec_1" }),
      given(2, { kind: "file", path: "key.pem", folder: "/shop" }),
      given(3, { kind: "environment", variable: "MINE" }),
      given(4, { kind: "program", words: ["pass", "show", "x"], folder: "/shop" }),
    ]);
    function given(number: number, kind: object): object {
      return { name: `--secret (${number} of 4)`, provider: "stripe", source: kind, isWrittenOut: false };
    }
  });

  test("is not counted where there is one, and nothing where it stands alone or nowhere", async () => {
    const { at, flags } = await scene({}, "a@b");
    expect(givenSources(at, flags)).toEqual([
      { name: "--secret", provider: undefined, source: { kind: "literal", text: "a@b" }, isWrittenOut: false },
    ]);
    for (const secret of [true, undefined, []]) {
      const alone = await scene({}, secret);
      expect(givenSources(alone.at, alone.flags)).toEqual([]);
    }
  });

  test.each<[RawFlag, string]>([
    ["$CANARY_1", "--secret: variables are not filled in; write env:CANARY_1"],
    [["fine", "file:"], "--secret (2 of 2): behind file: stands a path"],
    [["@", "fine"], "--secret (1 of 2): behind file: stands a path"],
    ["  ", "--secret: it is empty"],
  ])("cannot be %j", async (secret, problem) => {
    const { at, flags } = await scene({}, secret);
    expect(() => givenSources(at, flags)).toThrow(
      expect.objectContaining({
        code: "USAGE",
        message: problem,
        hint: "docs/config.md, under Secrets, shows how it is used.",
      }) as Error,
    );
  });
});

describe("what is configured", () => {
  const env = {
    HOOKCLI_SECRET: "for all",
    HOOKCLI_SECRET_STRIPE: "stripe's",
    HOOKCLI_SECRET_GITLAB_SIGNING: "gitlab's",
    HOOKCLI_SECRET_EMPTY: "",
    HOOKCLI_SECRETS: "another variable",
    SECRET: "another one",
  };

  test("is what the environment holds, those for one provider first, and then what the files name", async () => {
    const { at, flags } = await scene(env);
    expect(configuredSources(at, flags).map(({ name, provider }) => [name, provider])).toEqual([
      ["HOOKCLI_SECRET_GITLAB_SIGNING", "gitlab-signing"],
      ["HOOKCLI_SECRET_STRIPE", "stripe"],
      ["HOOKCLI_SECRET", undefined],
      ["secrets.stripe", "stripe"],
      ["secrets.*", undefined],
    ]);
  });

  test("for one provider is its own and what is for all", async () => {
    const { at, flags } = await scene(env);
    const namesFor = (provider: string) => configuredSources(at, flags, provider).map(({ name }) => name);
    expect(namesFor("stripe")).toEqual(["HOOKCLI_SECRET_STRIPE", "HOOKCLI_SECRET", "secrets.stripe", "secrets.*"]);
    expect(namesFor("github")).toEqual(["HOOKCLI_SECRET", "secrets.*"]);
  });

  test("in a variable is the secret itself, whatever it looks like", async () => {
    const { at, flags } = await scene({ HOOKCLI_SECRET: "env:HOME" });
    expect(configuredSources(at, flags)[0]?.source).toEqual({ kind: "literal", text: "env:HOME" });
  });
});
