import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseSecretSource } from "../../../../src/cli/config/secret-source.ts";
import type { ConfigFile } from "../../../../src/cli/config/read-config.ts";
import type { RawFlag } from "../../../../src/cli/flags/flag.ts";
import { coverConfigured, coverGiven, coverText } from "../../../../src/cli/secrets/cover-known.ts";
import { Flags } from "../../../../src/cli/settings/flags.ts";
import { type RecordedSurroundings, recordedSurroundings } from "../../../helpers/surroundings.ts";

const CANARY = "canary-1234567";
const COVERED = "••••";

/** What is printed, on both outputs, of a line that holds the canary. */
async function shown({ at, out, err }: RecordedSurroundings, secret = CANARY): Promise<string> {
  at.out.line(secret);
  at.err.line(secret);
  const [first, second] = [await out(), await err()];
  expect(second).toBe(first);
  return first.trimEnd();
}

test("a secret is covered on both outputs from then on", async () => {
  const recorded = await recordedSurroundings();
  recorded.at.out.line(CANARY);
  coverText(recorded.at, CANARY);
  recorded.at.err.line(`a${CANARY}b`);
  recorded.at.out.line(CANARY);
  expect([await recorded.out(), await recorded.err()]).toEqual([`${CANARY}\n${COVERED}\n`, `a${COVERED}b\n`]);
});

describe("before a command line is read", () => {
  test.each([
    ["behind --secret", ["send", "--secret", CANARY]],
    ["behind --secret=", ["send", `--secret=${CANARY}`]],
    ["wherever it stands twice", ["verify", "--secret", "other-secret", "--secret", CANARY]],
  ])("what stands %s is covered", async (_, args) => {
    const recorded = await recordedSurroundings();
    coverGiven(recorded.at, args);
    expect(await shown(recorded)).toBe(COVERED);
  });

  test.each([
    ["another flag's value", ["send", "--provider", CANARY, `--to=${CANARY}`]],
    ["a word before --secret", ["send", CANARY, "--secret"]],
    ["a flag, behind --secret alone", ["send", "--secret", `--${CANARY}`]],
    ["the name of a variable", ["send", "--secret", `env:${CANARY.replaceAll("-", "_")}`]],
    ["the name of a file", ["send", "--secret", `@${CANARY}`, `--secret=file:${CANARY}`]],
    ["a program", ["send", "--secret", `cmd:pass ${CANARY}`]],
  ])("%s is not", async (_, args) => {
    const recorded = await recordedSurroundings();
    coverGiven(recorded.at, args);
    const [word = ""] = args.flatMap((arg) => /(?:--|@|env:|cmd:pass )?canary.*/.exec(arg) ?? []);
    expect(await shown(recorded, word)).toBe(word);
  });

  test("behind --secret= it may begin with a hyphen, as a key in PEM does", async () => {
    const key = `-----BEGIN ${CANARY}`;
    const recorded = await recordedSurroundings();
    coverGiven(recorded.at, ["send", `--secret=${key}`]);
    expect(await shown(recorded, key)).toBe(COVERED);
  });

  test.each([
    ["HOOKCLI_SECRET", COVERED],
    ["HOOKCLI_SECRET_STRIPE", COVERED],
    ["HOOKCLI_SECRETS", CANARY],
    ["MY_HOOKCLI_SECRET", CANARY],
  ])("of the variable %s it shows %s", async (name, says) => {
    const recorded = await recordedSurroundings({ env: { [name]: CANARY } });
    coverGiven(recorded.at, []);
    expect(await shown(recorded)).toBe(says);
  });
});

describe("once the settings are read, what costs nothing to know is covered:", () => {
  test.each([
    ["what is written out", CANARY],
    ["what a variable holds", "env:CANARY"],
    ["what a file holds, without the line end behind it", "file:key.pem"],
  ])("%s", async (_, text) => {
    for (const where of ["a file", "--secret"] as const) {
      const recorded = await recordedSurroundings({ env: { CANARY } });
      writeFileSync(join(recorded.folder, "key.pem"), `${CANARY}\n`);
      await coverConfigured(recorded.at, flagsWith(recorded.folder, where === "a file" ? { text } : { flag: text }));
      expect([where, await shown(recorded)]).toEqual([where, COVERED]);
    }
  });

  test("no program is run for it", async () => {
    const recorded = await recordedSurroundings({ env: { PATH: process.env["PATH"] } });
    await coverConfigured(recorded.at, flagsWith(recorded.folder, { text: "cmd:touch ran" }));
    await coverConfigured(recorded.at, flagsWith(recorded.folder, { flag: ["cmd:touch ran", CANARY] }));
    expect([existsSync(join(recorded.folder, "ran")), await shown(recorded)]).toEqual([false, COVERED]);
  });

  test.each(["env:NOWHERE", "file:missing", "$WRONG", ""])(
    "what cannot be had (%j) is told by whoever needs it",
    async (text) => {
      const recorded = await recordedSurroundings();
      const given = text.includes(":") ? { text } : {};
      await coverConfigured(recorded.at, flagsWith(recorded.folder, { ...given, flag: text }));
      expect(await shown(recorded)).toBe(CANARY);
    },
  );
});

/** `--secret`, and a secret in a configuration file. */
function flagsWith(folder: string, { text, flag }: { readonly text?: string; readonly flag?: RawFlag }) {
  const source = parseSecretSource(text ?? "env:NOTHING_AT_ALL", folder);
  if ("problem" in source) throw new Error(source.problem);
  const secret = { name: "secrets.*", key: "secrets.*", place: "", provider: undefined, source, isWrittenOut: true };
  const file: ConfigFile = {
    path: join(folder, "hookcli.config.json"),
    settings: new Map(),
    routes: undefined,
    schemes: [],
    secrets: [secret],
    isOwn: false,
  };
  return new Flags({ secret: flag }, () => ({ kind: "flag" }), { files: [file] });
}
