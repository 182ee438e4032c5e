import { usualMask } from "../../../../src/core/model/mask.ts";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command as Parser } from "commander";
import { describe, expect, test } from "vitest";
import type { Command } from "../../../../src/cli/settings/command.ts";
import { commands } from "../../../../src/cli/commands/index.ts";
import { init } from "../../../../src/cli/commands/init/command.ts";
import { listen } from "../../../../src/cli/commands/listen/command.ts";
import { readListenFlags } from "../../../../src/cli/commands/listen/read-flags.ts";
import { describeSettings } from "../../../../src/cli/settings/describe-settings.ts";
import { originText } from "../../../../src/cli/config/setting-origin.ts";
import type { AnyFlags } from "../../../../src/cli/settings/flags.ts";
import { readSettings } from "../../../../src/cli/settings/settings.ts";
import { recordedSurroundings } from "../../../helpers/surroundings.ts";
import { commonFlags, type Flag } from "../../../../src/cli/flags/flag.ts";

interface Scene {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Contents of files by their path below the current folder, which is home too. */
  readonly files?: Readonly<Record<string, unknown>>;
  readonly command?: Command;
}

const flagsOf = (command: Command): readonly Flag[] => [...command.flags, ...commonFlags];

async function settle({ args = [], env = {}, files = {}, command = listen }: Scene) {
  const { at, folder } = await recordedSurroundings({ env });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  const parser = new Parser(command.name);
  for (const { flags, description, default: fallback, isRepeatable } of flagsOf(command)) {
    if (isRepeatable === true)
      parser.option(flags, description, (text: string, before?: readonly string[]) => [...(before ?? []), text]);
    else parser.option(flags, description, fallback);
  }
  parser.parse([...args], { from: "user" });
  return { folder, at, flags: await readSettings(parser, { command, path: [command] }, commands, at) };
}

const told = (flags: AnyFlags, name: string): readonly [string | undefined, string] => [
  flags.text(name),
  originText(flags.origin(name)),
];

const project = { "hookcli.config.jsonc": '{\n  "listen": { "timeout": "3s" }\n}' };
const own = { ".config/hookcli/config.json": { listen: { timeout: "4s", port: 1 } } };

describe("the strongest source that has a value is heard", () => {
  test("1: the flag", async () => {
    const { flags } = await settle({
      args: ["--timeout", "1s"],
      env: { HOOKCLI_TIMEOUT: "2s" },
      files: { ...project, ...own },
    });
    expect(told(flags, "timeout")).toEqual(["1s", "flag"]);
  });

  test("2: the environment", async () => {
    const { flags } = await settle({ env: { HOOKCLI_TIMEOUT: "2s" }, files: { ...project, ...own } });
    expect(told(flags, "timeout")).toEqual(["2s", "environment HOOKCLI_TIMEOUT"]);
  });

  test("3: the project's file, key by key", async () => {
    const { folder, flags } = await settle({ env: { HOOKCLI_TIMEOUT: "" }, files: { ...project, ...own } });
    expect(told(flags, "timeout")).toEqual(["3s", join(folder, "hookcli.config.jsonc:2:15")]);
    expect(flags.text("port")).toBe("1");
  });

  test("4: the person's own file", async () => {
    const { folder, flags } = await settle({ files: own });
    expect(told(flags, "timeout")).toEqual(["4s", join(folder, ".config/hookcli/config.json:1:12")]);
  });

  test("5: the default", async () => {
    const { flags } = await settle({});
    expect(told(flags, "timeout")).toEqual(["30s", "default"]);
  });
});

test("a flag given with the default's value is still a flag", async () => {
  const { flags } = await settle({ args: ["--timeout", "30s"], files: project });
  expect(told(flags, "timeout")).toEqual(["30s", "flag"]);
});

test("lists are replaced, not joined", async () => {
  const files = { "hookcli.config.json": { listen: { forward: ["1", "2"] } } };
  expect((await settle({ files })).flags.list("forward")).toEqual(["1", "2"]);
  expect((await settle({ files, env: { HOOKCLI_FORWARD: "3 4" } })).flags.list("forward")).toEqual(["3 4"]);
  expect((await settle({ files, args: ["-f", "5"] })).flags.list("forward")).toEqual(["5"]);
});

test("--config and HOOKCLI_CONFIG name another file, --no-config none", async () => {
  const files = { ...project, "other.json": { listen: { timeout: "9s" } } };
  expect((await settle({ files, args: ["--config", "other.json"] })).flags.text("timeout")).toBe("9s");
  expect((await settle({ files, env: { HOOKCLI_CONFIG: "other.json" } })).flags.text("timeout")).toBe("9s");
  const none = { files, args: ["--no-config"], env: { HOOKCLI_CONFIG: "other.json" } };
  expect((await settle(none)).flags.text("timeout")).toBe("30s");
});

test("a broken file is the trouble of every command but those that look at none", async () => {
  const files = { "hookcli.config.json": '{ "listen" }' };
  await expect(settle({ files })).rejects.toThrow(/hookcli\.config\.json:1:12: colon expected/);
  expect((await settle({ files, command: init })).flags.files).toEqual([]);
});

test("what listen gets from a file is what it would get from flags, and routes besides", async () => {
  const files = {
    "hookcli.config.json": {
      listen: { forward: 8000, port: 5000, onError: "ack", maxBody: 512, concurrency: 1, insecure: true },
      routes: [{ path: "/a", to: 9000 }],
    },
  };
  const read = readListenFlags((await settle({ files })).flags);
  const args = "-f 8000 -p 5000 --on-error ack --max-body 512 --concurrency 1 --insecure".split(" ");
  const { routes, ...others } = readListenFlags((await settle({ args })).flags);
  expect(routes).toEqual([]);
  expect(read).toMatchObject(others);
  expect(read.routes).toMatchObject([{ path: "/a", targets: [{ origin: "http://localhost:9000" }] }]);
});

test("a store named in a file stands back where --ephemeral is asked for", async () => {
  const files = { "hookcli.config.json": { db: "hooks.db" } };
  expect(readListenFlags((await settle({ files, args: ["--ephemeral"] })).flags).isEphemeral).toBe(true);
});

test("a value that cannot be used is blamed on the place that it came from", async () => {
  const { folder, flags } = await settle({ files: { "hookcli.config.json": { listen: { port: 70_000 } } } });
  const place = join(folder, "hookcli.config.json:1:12");
  expect(() => readListenFlags(flags)).toThrow(`listen.port (${place}) cannot be "70000"`);
  const { flags: others } = await settle({ env: { HOOKCLI_HOST: "a b" } });
  expect(() => readListenFlags(others)).toThrow('HOOKCLI_HOST cannot be "a b"');
});

test.each([
  [["--events", ""], undefined, '--events cannot be ""'],
  [["--events", " , ,"], undefined, '--events cannot be " , ,"'],
  [["--events", "order.*", "--events", ""], undefined, '--events cannot be ""'],
  [[], "", "listen.events ("],
  [[], [","], "listen.events ("],
  [[], [], "listen.events ("],
])("no type of event is no restriction, and an error: flags %j, file %j", async (args, events, problem) => {
  const files = events === undefined ? {} : { "hookcli.config.json": { listen: { events } } };
  const { flags } = await settle({ args, files });
  expect(() => readListenFlags(flags)).toThrow(problem);
  expect(() => readListenFlags(flags)).toThrow("it names no type of event");
});

test.each([
  [[], undefined, []],
  [["--events", "order.*, invoice.paid,"], undefined, ["order.*", "invoice.paid"]],
  [[], ["order.*", "a b"], ["order.*", "a", "b"]],
  [["--events", "a"], [], ["a"]],
])("types of events come from flags %j, file %j: %j", async (args, events, globs) => {
  const files = events === undefined ? {} : { "hookcli.config.json": { listen: { events } } };
  expect(readListenFlags((await settle({ args, files })).flags).events).toEqual(globs);
});

describe("the description of all settings", () => {
  test("has a row for each, with what counts for a call without flags", async () => {
    const { folder, at, flags } = await settle({
      args: ["--db", "x.db"],
      env: { HOOKCLI_PORT: "5000" },
      files: { ...project, ".config/hookcli/config.json": { routes: [{ to: [] }] } },
    });
    const rows = describeSettings(commands, flags, at.env, usualMask);
    expect(rows).toEqual(
      expect.arrayContaining([
        { key: "db", value: "x.db", origin: "flag" },
        { key: "listen.port", value: "5000", origin: "environment HOOKCLI_PORT" },
        { key: "listen.timeout", value: "3s", origin: join(folder, "hookcli.config.jsonc:2:15") },
        { key: "replay.timeout", value: "30s", origin: "default" },
        { key: "listen.forward", value: undefined, origin: "default" },
        { key: "routes", value: "1 rule", origin: join(folder, ".config/hookcli/config.json") },
      ]),
    );
  });

  test("covers credentials", async () => {
    const listen = {
      header: ["Authorization: Bearer abc", "X-Api-Key: abc", "X-Env: dev", "Cookie:", "X-Empty;"],
      forward: "localhost:8000/?token=abc",
      insecure: true,
    };
    const { at, flags } = await settle({ files: { "hookcli.config.json": { listen } } });
    const values = Object.fromEntries(
      describeSettings(commands, flags, at.env, usualMask).map(({ key, value }) => [key, value]),
    );
    expect(values).toMatchObject({
      "listen.header": "Authorization: ••••, X-Api-Key: ••••, X-Env: dev, Cookie:, X-Empty;",
      "listen.forward": "localhost:8000/?token=••••",
      "listen.insecure": "true",
    });
    expect(values).not.toHaveProperty("routes");
  });
});
