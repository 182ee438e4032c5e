import { describe, expect, test } from "vitest";
import { commands } from "../../../../src/cli/commands/index.ts";
import type { ConfigDocument } from "../../../../src/cli/config/config-document.ts";
import { configKeys } from "../../../../src/cli/config/config-shape.ts";
import { type ConfigFile, readConfig } from "../../../../src/cli/config/read-config.ts";
import type { HookcliError } from "../../../../src/core/model/errors.ts";
import { targetUrl } from "../../../../src/core/model/target.ts";

const keys = configKeys(commands);
const document = (content: unknown): ConfigDocument => ({
  path: "/shop/hookcli.config.jsonc",
  content,
  placeOf: (steps) => `/shop/hookcli.config.jsonc:${steps.join("/")}`,
});
const read = (content: unknown): ConfigFile => readConfig(document(content), keys, { home: "/home/me", isOwn: false });
const valuesOf = (content: unknown): object =>
  Object.fromEntries([...read(content).settings].map(([key, { value }]) => [key, value]));

test("values take the form of flags", () => {
  const listen = {
    port: 4400,
    forward: 8000,
    header: ["X-A: 1", "X-B:"],
    timeout: 0,
    respond: 204,
    onError: "ack",
    maxBody: "5MiB",
    insecure: true,
    preserveHost: false,
    verify: 403,
    events: "order.*",
  };
  expect(valuesOf({ listen, replay: { insecure: false }, list: { limit: 5 } })).toEqual({
    "listen.port": "4400",
    "listen.forward": ["8000"],
    "listen.header": ["X-A: 1", "X-B:"],
    "listen.timeout": "0",
    "listen.respond": "204",
    "listen.onError": "ack",
    "listen.maxBody": "5MiB",
    "listen.insecure": true,
    "listen.preserveHost": false,
    "listen.verify": "403",
    "listen.events": ["order.*"],
    "replay.insecure": false,
    "list.limit": "5",
  });
});

test("a path counts from the file's folder, or from home", () => {
  expect(valuesOf({ db: "data/hooks.db", listen: { ca: "~/ca.pem" }, replay: { ca: "/etc/ca.pem" } })).toEqual({
    db: "/shop/data/hooks.db",
    "listen.ca": "/home/me/ca.pem",
    "replay.ca": "/etc/ca.pem",
  });
});

test("a switch that may have a number is either", () => {
  expect(valuesOf({ listen: { verify: true } })).toEqual({ "listen.verify": true });
  expect(valuesOf({ listen: { verify: false } })).toEqual({ "listen.verify": false });
});

test("each value knows its place, and what a module leaves undefined is not there", () => {
  const { settings, routes } = read({ listen: { port: 1, host: undefined }, list: undefined });
  expect([...settings]).toEqual([["listen.port", { value: "1", place: "/shop/hookcli.config.jsonc:listen/port" }]]);
  expect(routes).toBeUndefined();
});

test("an empty file says nothing", () => {
  expect(valuesOf(undefined)).toEqual({});
});

test("routes become rules with targets", () => {
  const { routes } = read({
    routes: [{ path: "/ü*", type: "a.*", method: "post", to: [8000, "shop.test/x"] }, { to: [] }],
  });
  expect(routes?.map((rule) => ({ ...rule, targets: rule.targets.map(targetUrl) }))).toEqual([
    { path: "/\u00c3\u00bc*", type: "a.*", method: "post", targets: ["http://localhost:8000", "http://shop.test/x"] },
    { path: undefined, type: undefined, method: undefined, targets: [] },
  ]);
});

describe("an error names place and key, and what was meant", () => {
  test.each([
    [{ lisen: {} }, "lisen", 'there is no setting "lisen"', 'Did you mean "listen"?'],
    [{ listen: { prot: 1 } }, "listen/prot", 'there is no setting "prot" in listen', 'Did you mean "port"?'],
    [{ listen: { "max-body": 1 } }, "listen/max-body", "there is no setting", 'Did you mean "maxBody"?'],
    [{ port: 1 }, "port", 'there is no setting "port"', 'Did you mean "listen.port"?'],
    [{ route: [] }, "route", 'there is no setting "route"', 'Did you mean "routes"?'],
    [{ listen: { db: "x" } }, "listen/db", 'there is no setting "db" in listen', 'Did you mean "db"?'],
    [{ listen: { secret: "x" } }, "listen/secret", "there is no setting", 'Did you mean "secrets"?'],
    [{ sceme: {} }, "sceme", "there is no setting", 'Did you mean "schemes"?'],
    [{ secret: {} }, "secret", "there is no setting", 'Did you mean "secrets"?'],
    [{ completely: 1 }, "completely", 'there is no setting "completely"', "hookcli init --print"],
    [{ listen: { constructor: 1 } }, "listen/constructor", "there is no setting", "hookcli init --print"],
    [{ routes: [{ pth: "/", to: 1 }] }, "routes/0/pth", 'no setting "pth" in routes[0]', 'Did you mean "path"?'],
    [{ routes: [{ path: "/" }] }, "routes/0", 'routes[0] needs "to"', "hookcli init --print"],
  ])("%j", (content, place, problem, help) => {
    const error = errorOf(content);
    expect(error.code).toBe("BAD_CONFIG");
    expect(error.message).toMatch(new RegExp(`^/shop/hookcli\\.config\\.jsonc:${place}: `));
    expect(error.message).toContain(problem);
    expect(error.hint).toContain(help);
  });

  test.each([
    [[], "the file must be an object with settings, not a list"],
    [null, "the file must be an object with settings, not null"],
    [{ listen: 8000 }, "listen must be an object with settings, not 8000"],
    [{ listen: { port: "4400" } }, 'listen.port must be a number, not "4400"'],
    [{ listen: { port: null } }, "listen.port must be a number, not null"],
    [{ listen: { verify: "yes" } }, 'listen.verify must be true, false or a number, not "yes"'],
    [{ listen: { insecure: "yes" } }, 'listen.insecure must be true or false, not "yes"'],
    [{ listen: { forward: [8000, {}] } }, "listen.forward must be text or a number, or a list of these, not a list"],
    [{ listen: { timeout: true } }, "listen.timeout must be text or a number, not true"],
    [{ listen: { host: () => 1 } }, "listen.host must be text, not a function"],
    [{ db: {} }, "db must be text, a path, not an object"],
    [{ db: 5 }, "db must be text, a path, not 5"],
    [{ listen: { port: "x".repeat(99) } }, `listen.port must be a number, not "${"x".repeat(39)}…`],
    [{ routes: {} }, "routes must be a list of rules, not an object"],
    [{ routes: [8000] }, 'routes[0] must be a rule like { "path": "/stripe*", "to": 8000 }, not 8000'],
    [{ routes: [{ path: 1, to: 1 }] }, "routes[0].path must be text, not 1"],
    [{ routes: [{ path: "x", to: 1 }] }, 'routes[0].path must be a path that starts with / or *, not "x"'],
    [{ routes: [{ to: true }] }, "routes[0].to must be a target, or a list of them, not true"],
  ])("%j", (content, told) => {
    expect(errorOf(content).message).toContain(told);
  });

  test("a target that is none is a bad value", () => {
    const { code, message } = errorOf({ routes: [{ to: "ftp://x" }] });
    expect(code).toBe("BAD_VALUE");
    expect(message).toMatch(/^routes\[0\]\.to \(\/shop\/hookcli\.config\.jsonc:routes\/0\/to\) cannot be "ftp:/);
  });
});

test("names that every object has are no keys", () => {
  const content = Object.create(null) as Record<string, unknown>;
  content["__proto__"] = {};
  expect(errorOf(content).message).toContain('there is no setting "__proto__"');
});

function errorOf(content: unknown): HookcliError {
  try {
    read(content);
  } catch (error) {
    return error as HookcliError;
  }
  throw new Error("nothing was thrown");
}
