import { describe, expect, test } from "vitest";
import { everyTarget, type RouteRule, targetsFor } from "../../../../src/core/model/route-rule.ts";
import { parseTarget, type Target, targetUrl } from "../../../../src/core/model/target.ts";

const to = (...ports: readonly string[]): readonly Target[] => ports.map((port) => parseTarget(port, "a target"));
const facts = { method: "POST", path: "/stripe/eu", eventType: "invoice.paid" };
const fits = (rule: Omit<RouteRule, "targets">, changes: object = {}): boolean =>
  targetsFor([{ ...rule, targets: to("1") }], { ...facts, ...changes }, []).length === 1;

describe("a rule", () => {
  test("fits where all that it names does", () => {
    expect(fits({ path: "/stripe*", type: "invoice.*", method: "POST" })).toBe(true);
    expect(fits({ path: "/github*", type: "invoice.*", method: "POST" })).toBe(false);
    expect(fits({ path: "/stripe*", type: "order.*", method: "POST" })).toBe(false);
    expect(fits({ path: "/stripe*", type: "invoice.*", method: "PUT" })).toBe(false);
  });

  test("that names nothing fits every request", () => {
    expect(fits({}, { eventType: undefined, path: "" })).toBe(true);
  });

  test("needs the whole path", () => {
    expect(fits({ path: "/stripe" })).toBe(false);
  });

  test("takes a method in any letter case", () => {
    expect(fits({ method: "post" })).toBe(true);
  });

  test("about a type fits no request without one", () => {
    expect(fits({ type: "*" }, { eventType: undefined })).toBe(false);
  });
});

test("the first rule that fits takes the request, and what fits none goes elsewhere", () => {
  const rules = [
    { path: "/github*", targets: to("1") },
    { path: "/stripe*", targets: to("2", "3") },
    { targets: to("4") },
  ];
  expect(targetsFor(rules, facts, to("8000"))).toEqual(to("2", "3"));
  expect(targetsFor(rules.slice(0, 1), facts, to("8000"))).toEqual(to("8000"));
  expect(targetsFor([], facts, to("8000"))).toEqual(to("8000"));
});

test("a rule without targets keeps its requests at home", () => {
  expect(targetsFor([{ path: "/stripe*", targets: [] }], facts, to("8000"))).toEqual([]);
});

test("every target is named once", () => {
  const rules = [{ targets: to("1", "2") }, { targets: to("2", "8000", "3") }];
  expect(everyTarget(rules, to("8000")).map(targetUrl)).toEqual(
    ["8000", "1", "2", "3"].map((port) => `http://localhost:${port}`),
  );
});
