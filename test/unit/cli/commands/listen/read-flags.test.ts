import { describe, expect, test } from "vitest";
import { type ListenFlags, readListenFlags } from "../../../../../src/cli/commands/listen/read-flags.ts";
import type { SettingOrigin } from "../../../../../src/cli/config/setting-origin.ts";
import type { ConfigFile } from "../../../../../src/cli/config/read-config.ts";
import type { RawFlags } from "../../../../../src/cli/flags/flag.ts";
import { Flags } from "../../../../../src/cli/settings/flags.ts";
import { printFilter } from "../../../../../src/core/filter/print-filter.ts";
import { targetUrl } from "../../../../../src/core/model/target.ts";
import { DEFAULT_LIMITS } from "../../../../../src/io/capture/limits.ts";

const byVariable: SettingOrigin = { kind: "environment", variable: "HOOKCLI_FORWARD" };
const byFile: SettingOrigin = { kind: "file", key: "listen.events", place: "x.json:1:2" };

const read = (raw: RawFlags, origin: SettingOrigin = { kind: "flag" }): ListenFlags =>
  readListenFlags(new Flags(raw, () => origin));

const refusal = (message: string, hint = "") =>
  expect.objectContaining({
    code: "BAD_VALUE",
    message: expect.stringContaining(message) as unknown,
    hint: expect.stringContaining(hint) as unknown,
  }) as Error;

test("without flags it listens here on port 4400 or the next free one, stores, and forwards nothing", () => {
  expect(read({})).toEqual({
    host: "127.0.0.1",
    port: 4400,
    orNextPort: true,
    targets: [],
    routes: [],
    pathPrefix: "",
    filter: [],
    events: [],
    respond: { status: 200, body: undefined },
    onError: "502",
    limits: DEFAULT_LIMITS,
    forward: {
      timeoutMs: 30_000,
      headerEdits: [],
      insecure: false,
      ca: undefined,
      preserveHost: false,
      concurrency: Infinity,
    },
    retention: { keep: undefined, olderThanMs: undefined, maxBytes: undefined },
    exitAfter: undefined,
    forMs: undefined,
    isEphemeral: false,
    isJson: false,
    isQuiet: false,
  });
});

test("each flag says what it says", () => {
  const read1 = read({
    port: "5000",
    path: "/hooks",
    filter: "type:order.*",
    onError: "ack",
    maxBody: "1KiB",
    preserveHost: true,
    concurrency: "1",
    keep: "10",
    exitAfter: "3",
    for: "2s",
    ephemeral: true,
    json: true,
    quiet: true,
  });
  expect(read1).toMatchObject({
    port: 5000,
    orNextPort: false,
    pathPrefix: "/hooks",
    onError: "ack",
    limits: { ...DEFAULT_LIMITS, maxBodyBytes: 1024 },
    forward: { preserveHost: true, concurrency: 1 },
    retention: { keep: 10 },
    exitAfter: 3,
    forMs: 2000,
    isEphemeral: true,
    isJson: true,
    isQuiet: true,
  });
  expect(printFilter(read1.filter)).toBe("type:order.*");
});

test("a port that was named is the one that is meant", () => {
  expect([read({ port: "4400" }).orNextPort, read({ port: "0" })]).toMatchObject([
    false,
    { port: 0, orNextPort: false },
  ]);
});

test("routes come from the strongest file that has any", () => {
  const file = (routes: ConfigFile["routes"]): ConfigFile => ({
    path: "",
    settings: new Map(),
    routes,
    schemes: [],
    secrets: [],
    isOwn: false,
  });
  const rule = { path: "/a", type: undefined, method: undefined, targets: [] };
  const flags = new Flags({}, () => ({ kind: "default" }), { files: [file(undefined), file([rule]), file([])] });
  expect(readListenFlags(flags).routes).toEqual([rule]);
});

describe("an address to listen on", () => {
  test.each([
    ["0.0.0.0", "0.0.0.0"],
    ["::1", "::1"],
    ["[::1]", "::1"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    ["my_host.local", "my_host.local"],
  ])("%s is %s", (host, bare) => {
    expect(read({ host }).host).toBe(bare);
  });

  test.each(["", "a b", "http://localhost", "[::1", "a/b", "[]"])("cannot be %j", (host) => {
    expect(() => read({ host })).toThrow(
      refusal(`--host cannot be ${JSON.stringify(host)}: it is not an address`, "--host 127.0.0.1"),
    );
  });
});

describe("targets", () => {
  const targets = (forward: readonly string[], origin?: SettingOrigin) =>
    read({ forward }, origin).targets.map(targetUrl);

  test("keep their order, each once; several may stand in one word", () => {
    expect(targets(["9000", "8000/x localhost:9000"])).toEqual(["http://localhost:9000", "http://localhost:8000/x"]);
  });

  test("from the environment are divided by blanks, and none are none", () => {
    expect(targets(["8000  9000"], byVariable)).toEqual(["http://localhost:8000", "http://localhost:9000"]);
    expect(targets([" "], byVariable)).toEqual([]);
  });

  test.each(["", " ", "8000 ftp://x"])("cannot be %j on the line", (text) => {
    expect(() => targets([text])).toThrow(refusal("--forward cannot be ", "localhost:8000"));
  });
});

describe("types of events", () => {
  test.each<[readonly string[], readonly string[]]>([
    [[], []],
    [["order.*"], ["order.*"]],
    [
      ["order.*,invoice.paid", "a b,"],
      ["order.*", "invoice.paid", "a", "b"],
    ],
  ])("%j are %j", (events, globs) => {
    expect(read({ events }).events).toEqual(globs);
  });

  test.each<[readonly string[], SettingOrigin, string]>([
    [[""], { kind: "flag" }, '--events cannot be ""'],
    [["a", " , "], { kind: "flag" }, '--events cannot be " , "'],
    [[], byFile, 'listen.events (x.json:1:2) cannot be ""'],
  ])("that name no type would forward all, which nobody asks for: %j", (events, origin, told) => {
    expect(() => read({ events }, origin)).toThrow(
      refusal(`${told}: it names no type of event; without it all are forwarded`, "--events order.*,invoice.paid"),
    );
  });
});

describe("a reply of its own", () => {
  test.each([
    ["200", { status: 200, body: undefined }],
    ["599", { status: 599, body: undefined }],
    ["204", { status: 204, body: "" }],
    ["304", { status: 304, body: "" }],
    ["202:", { status: 202, body: "" }],
    ['202:{"a":":"}\nx', { status: 202, body: '{"a":":"}\nx' }],
  ])("%j is %j", (respond, reply) => {
    expect(read({ respond }).respond).toEqual(reply);
  });

  test.each(["199", "600", "0200", "20", "2000", "ok", "", ":body", "200 body"])("cannot be %j", (respond) => {
    expect(() => read({ respond })).toThrow(
      refusal(`--respond cannot be ${JSON.stringify(respond)}: it is not a status from 200 to 599`, "--respond '202:"),
    );
  });
});

test.each<[RawFlags, string]>([
  [{ port: "65536" }, '--port cannot be "65536"'],
  [{ port: "http" }, '--port cannot be "http"'],
  [{ path: "hooks" }, '--path cannot be "hooks": a path starts with /'],
  [{ onError: "503" }, '--on-error cannot be "503": it is not one of 502, ack'],
  [{ concurrency: "0" }, '--concurrency cannot be "0"'],
  [{ keep: "0" }, '--keep cannot be "0": it must be a whole number from 1'],
  [{ exitAfter: "0" }, '--exit-after cannot be "0"'],
  [{ maxBody: "big" }, '--max-body cannot be "big"'],
  [{ for: "a while" }, '--for cannot be "a while"'],
])("%j cannot be used, and it is said why", (raw, told) => {
  expect(() => read(raw)).toThrow(refusal(told, "Write it like this: "));
});

test("a filter asks only for what is known when a request comes", () => {
  expect(() => read({ filter: "status:5xx" })).toThrow(expect.objectContaining({ code: "BAD_FILTER" }) as Error);
});
