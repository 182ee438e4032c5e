import { describe, expect, test } from "vitest";
import { commands } from "../../../../src/cli/commands/index.ts";
import { everyCommand } from "../../../../src/cli/flags/every-command.ts";
import { commonFlags, longName } from "../../../../src/cli/flags/flag.ts";
import type { SettingOrigin } from "../../../../src/cli/config/setting-origin.ts";
import { excludedBy, refuseContradictions, relationText } from "../../../../src/cli/settings/contradictions.ts";
import { type AnyFlags, Flags } from "../../../../src/cli/settings/flags.ts";

const byFlag = { kind: "flag" } as const;
const byFile = { kind: "file", key: "listen.seed", place: "x.json:1:1", path: "x.json" } as unknown as SettingOrigin;
const byVariable = { kind: "environment", variable: "HOOKCLI_DB" } as const;
const relations = { excludes: { check: ["recover", "max-size"] }, needs: { seed: "shuffle" } };

const given = (origins: Readonly<Record<string, SettingOrigin>>): AnyFlags =>
  new Flags({}, (name) => origins[name] ?? { kind: "default" }, { command: "hookcli info" });

describe("flags that contradict each other", () => {
  test("are refused, whichever of them the rule names first", () => {
    const refused = (origins: Readonly<Record<string, SettingOrigin>>) => () =>
      refuseContradictions(relations, given(origins));
    expect(refused({ check: byFlag, recover: byFlag })).toThrow("--check and --recover exclude each other");
    expect(refused({ maxSize: byVariable, check: byFlag })).toThrow("--check and HOOKCLI_DB exclude each other");
    expect(refused({ recover: byFlag, maxSize: byFlag })).not.toThrow();
    expect(refused({ check: byFlag })).not.toThrow();
  });

  test("may come from a file: it speaks for every call", () => {
    expect(() => refuseContradictions(relations, given({ check: byFlag, recover: byFile }))).not.toThrow();
  });

  test("are known from both sides", () => {
    expect(["check", "recover", "seed"].map((name) => excludedBy(relations, name))).toEqual([
      ["recover", "max-size"],
      ["check"],
      [],
    ]);
  });
});

test("a flag that says nothing alone is refused, unless what it needs is set, be it in a file", () => {
  expect(() => refuseContradictions(relations, given({ seed: byFlag }))).toThrow(
    expect.objectContaining({ code: "USAGE", message: "--seed says nothing without --shuffle" }) as Error,
  );
  expect(() => refuseContradictions(relations, given({ seed: byFlag, shuffle: byFile }))).not.toThrow();
  expect(() => refuseContradictions(relations, given({ seed: byFile }))).not.toThrow();
});

test("help says how a flag stands to others", () => {
  expect(["check", "max-size", "seed", "other"].map((name) => relationText(relations, name))).toEqual([
    " (not with --recover, --max-size)",
    " (not with --check)",
    " (with --shuffle)",
    "",
  ]);
});

test.each(everyCommand(commands))("$command.name names only flags that it has", ({ command }) => {
  const { flags, excludes = {}, needs = {} } = command;
  const own = [...flags, ...commonFlags].map(longName);
  const named = [...Object.entries(excludes), ...Object.entries(needs)].flat(2).filter((name) => name !== undefined);
  expect(named.filter((name) => !own.includes(name))).toEqual([]);
});
