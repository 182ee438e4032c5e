import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../../../src/cli/config/load-config.ts";
import type { SettingOrigin } from "../../../../src/cli/config/setting-origin.ts";
import type { Flag, FlaggedCommand, RawFlags } from "../../../../src/cli/flags/flag.ts";
import { describeSettings, type SettingRow } from "../../../../src/cli/settings/describe-settings.ts";
import { Flags } from "../../../../src/cli/settings/flags.ts";
import type { Surroundings } from "../../../../src/cli/terminal/surroundings.ts";
import { usualMask } from "../../../../src/core/model/mask.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

const header: Flag = { flags: "-H, --header <field>", description: "", isRepeatable: true, inFile: "list" };
const commands: readonly FlaggedCommand[] = [
  {
    name: "listen",
    flags: [
      { flags: "-p, --port <number>", description: "", env: "HOOKCLI_PORT", inFile: "number" },
      { flags: "--timeout <duration>", description: "", default: "30s", inFile: "scalar" },
      { flags: "--insecure", description: "", inFile: "switch" },
      header,
      { flags: "--quiet", description: "" },
    ],
  },
  { name: "replay", flags: [{ flags: "--timeout <duration>", description: "", default: "30s", inFile: "scalar" }] },
];

const PROJECT = "hookcli.config.json";
const OWN = ".config/hookcli/config.json";

interface Scene {
  readonly raw?: RawFlags;
  readonly origin?: SettingOrigin;
  readonly env?: Surroundings["env"];
  /** By their paths below the folder, the strongest first. */
  readonly files?: Readonly<Record<string, unknown>>;
}

async function described({ raw = {}, origin = { kind: "flag" }, env = {}, files = {} }: Scene) {
  const folder = temporaryFolder();
  const paths = Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(content));
    return path;
  });
  const loaded = await loadConfig(paths, commands, { HOME: folder });
  const rows = describeSettings(commands, new Flags(raw, () => origin, { files: loaded }), env, usualMask);
  const row = (key: string): SettingRow | undefined => rows.find((each) => each.key === key);
  return { folder, rows, row };
}

test("every setting that a file may hold has a row, in the order of the docs", async () => {
  const { rows } = await described({});
  expect(rows).toEqual([
    { key: "db", value: undefined, origin: "default" },
    { key: "listen.port", value: undefined, origin: "default" },
    { key: "listen.timeout", value: "30s", origin: "default" },
    { key: "listen.insecure", value: undefined, origin: "default" },
    { key: "listen.header", value: undefined, origin: "default" },
    { key: "replay.timeout", value: "30s", origin: "default" },
  ]);
});

describe("a row tells what counts, and why", () => {
  test("the environment before a file, the stronger file before the other", async () => {
    const { folder, row } = await described({
      env: { HOOKCLI_PORT: "5000" },
      files: { [PROJECT]: { listen: { port: 1, timeout: 0 } }, [OWN]: { listen: { timeout: "9s", insecure: false } } },
    });
    expect(row("listen.port")).toEqual({ key: "listen.port", value: "5000", origin: "environment HOOKCLI_PORT" });
    expect(row("listen.timeout")).toMatchObject({ value: "0", origin: join(folder, `${PROJECT}:1:21`) });
    expect(row("listen.insecure")).toMatchObject({ value: "false", origin: join(folder, `${OWN}:1:27`) });
    expect(row("replay.timeout")).toMatchObject({ value: "30s", origin: "default" });
  });

  test("a flag of every command was given to the one that asks, if it was given at all", async () => {
    const files = { [PROJECT]: { db: "/f.db" } };
    const env = { HOOKCLI_DB: "e.db" };
    const given = await described({ raw: { db: "x.db" }, env, files });
    expect(given.row("db")).toMatchObject({ value: "x.db", origin: "flag" });
    const read = await described({ raw: { db: "/f.db" }, origin: { kind: "default" }, env, files });
    expect(read.row("db")).toMatchObject({ value: "e.db", origin: "environment HOOKCLI_DB" });
    expect((await described({ files })).row("db")).toMatchObject({ value: "/f.db" });
  });

  test("a flag of the one that asks is no setting of another", async () => {
    const { row } = await described({ raw: { port: "7" } });
    expect(row("listen.port")?.value).toBeUndefined();
  });
});

describe("credentials", () => {
  test("are covered, and what belongs to no header of theirs is shown", async () => {
    const listen = { header: ["X-Api-Key: abc", "X-Env: dev", "X-Old:", "X-Empty;"], timeout: "1s" };
    const { row } = await described({ files: { [PROJECT]: { db: "/s.db?token=abc", listen } } });
    expect(row("listen.header")?.value).toBe("X-Api-Key: ••••, X-Env: dev, X-Old:, X-Empty;");
    expect(row("db")?.value).toBe("/s.db?token=••••");
  });

  test("are told by where they are, never by what they are", async () => {
    const { folder, rows } = await described({
      files: {
        [PROJECT]: { secrets: { stripe: ["env:STRIPE", "canary"], "*": "file:key.pem" } },
        [OWN]: { secrets: { github: "cmd:pass show canary" } },
      },
    });
    expect(rows.slice(6)).toEqual([
      { key: "secrets.stripe[0]", value: "env:STRIPE", origin: join(folder, `${PROJECT}:1:23`) },
      { key: "secrets.stripe[1]", value: "••••", origin: join(folder, `${PROJECT}:1:36`) },
      { key: "secrets.*", value: "file:key.pem", origin: join(folder, `${PROJECT}:1:46`) },
      { key: "secrets.github", value: "cmd:pass …", origin: join(folder, `${OWN}:1:13`) },
    ]);
  });
});

describe("at the end", () => {
  test.each([
    [[], "0 rules"],
    [[{ to: [] }], "1 rule"],
    [[{ to: [] }, { to: [] }], "2 rules"],
  ])("routes are counted: %j", async (routes, value) => {
    const { folder, rows } = await described({ files: { [PROJECT]: {}, [OWN]: { routes } } });
    expect(rows.at(-1)).toEqual({ key: "routes", value, origin: join(folder, OWN) });
  });

  test("a person's own schemes stand behind them, each with the file that counts", async () => {
    const scheme = (content: string) => ({ signature: { headers: { "X-Sig": "{sig}" }, content } });
    const { folder, rows } = await described({
      files: {
        [PROJECT]: { schemes: { shop: scheme("{body}") }, routes: [] },
        [OWN]: { schemes: { shop: scheme("old.{body}"), till: scheme("till.{body}") } },
      },
    });
    expect(rows.slice(6)).toEqual([
      { key: "routes", value: "0 rules", origin: join(folder, PROJECT) },
      { key: "schemes.shop", value: "HMAC-SHA256 over {body}", origin: join(folder, PROJECT) },
      { key: "schemes.till", value: "HMAC-SHA256 over till.{body}", origin: join(folder, OWN) },
    ]);
  });
});
