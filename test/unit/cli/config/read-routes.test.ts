import { describe, expect, test } from "vitest";
import type { ConfigDocument } from "../../../../src/cli/config/config-document.ts";
import { readRoutes } from "../../../../src/cli/config/read-routes.ts";
import { targetUrl } from "../../../../src/core/model/target.ts";

const path = "/shop/hookcli.config.json";
const document: ConfigDocument = { path, content: undefined, placeOf: (steps) => `${path}:${steps.join("/")}` };
const read = (value: unknown): readonly object[] =>
  readRoutes(value, document).map((rule) => ({ ...rule, targets: rule.targets.map(targetUrl) }));

test("rules keep their order, and each says which requests it takes and where they go", () => {
  expect(
    read([
      { path: "/stripe*", type: "invoice.*", method: "POST", to: [8000, "https://shop.test/hooks"] },
      { to: "localhost:9000" },
    ]),
  ).toEqual([
    {
      path: "/stripe*",
      type: "invoice.*",
      method: "POST",
      targets: ["http://localhost:8000", "https://shop.test/hooks"],
    },
    { path: undefined, type: undefined, method: undefined, targets: ["http://localhost:9000"] },
  ]);
});

test("an empty list of targets is a rule too: stored, and sent nowhere", () => {
  expect(read([{ path: "*", to: [] }])).toMatchObject([{ path: "*", targets: [] }]);
  expect(read([])).toEqual([]);
});

test("a path is compared as it comes over the wire", () => {
  expect(read([{ path: "/käse", to: 1 }])).toMatchObject([{ path: "/k\u00c3\u00a4se" }]);
});

describe("a rule that cannot be one is refused with its place", () => {
  test.each<[unknown, string]>([
    [{}, "routes: routes must be a list of rules, not an object"],
    [[{ to: 1 }, 8000], 'routes/1: routes[1] must be a rule like { "path": "/stripe*", "to": 8000 }, not 8000'],
    [[{ pat: "/", to: 1 }], 'routes/0/pat: there is no setting "pat" in routes[0]'],
    [[{ constructor: 1, to: 1 }], 'routes/0/constructor: there is no setting "constructor" in routes[0]'],
    [[{ path: "/" }], 'routes/0: routes[0] needs "to": a target, a list of them, or [] for none'],
    [[{ path: 7, to: 1 }], "routes/0/path: routes[0].path must be text, not 7"],
    [[{ type: [], to: 1 }], "routes/0/type: routes[0].type must be text, not a list"],
    [[{ method: true, to: 1 }], "routes/0/method: routes[0].method must be text, not true"],
    [[{ path: "stripe", to: 1 }], 'routes/0/path: routes[0].path must be a path that starts with / or *, not "stripe"'],
    [[{ to: { url: "x" } }], "routes/0/to: routes[0].to must be a target, or a list of them, not an object"],
    [[{ to: [8000, null] }], "routes/0/to: routes[0].to must be a target, or a list of them, not a list"],
  ])("%j", (value, told) => {
    expect(() => read(value)).toThrow(
      expect.objectContaining({ code: "BAD_CONFIG", message: `${path}:${told}` }) as Error,
    );
  });

  test("a target that is none is a bad value, with how one is written", () => {
    expect(() => read([{ to: [8000, "ftp://shop"] }])).toThrow(
      expect.objectContaining({
        code: "BAD_VALUE",
        message: expect.stringMatching(/^routes\[0\]\.to \(\S+:routes\/0\/to\) cannot be "ftp:/) as unknown,
        hint: expect.stringContaining("localhost:8000") as unknown,
      }) as Error,
    );
  });
});
