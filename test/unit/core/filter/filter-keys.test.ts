import { describe, expect, test } from "vitest";
import { FILTER_KEYS } from "../../../../src/core/filter/filter-keys.ts";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import type { Condition } from "../../../../src/core/filter/filter.ts";

describe.each(FILTER_KEYS)("$key", ({ key, examples, summary }) => {
  test.each(examples)("can be written %s", (example) => {
    expect(example).toMatch(new RegExp(`^${key}:`));
    expect(parseFilter(example)).toHaveLength(1);
  });

  test("is told in a sentence", () => {
    expect(summary).toMatch(/^[A-Z].*\.$/);
  });
});

test("no key is there twice", () => {
  expect(new Set(FILTER_KEYS.map(({ key }) => key)).size).toBe(FILTER_KEYS.length);
});

test.each<[string, Condition]>([
  ["status:5xx", { kind: "status", least: 500, most: 599 }],
  ["status:5XX", { kind: "status", least: 500, most: 599 }],
  ["status:404", { kind: "status", least: 404, most: 404 }],
  ["status:500..599", { kind: "status", least: 500, most: 599 }],
  ["status:4xx..5xx", { kind: "status", least: 400, most: 599 }],
  ["status:404..5xx", { kind: "status", least: 404, most: 599 }],
  ["status:4xx..503", { kind: "status", least: 400, most: 503 }],
  ["status:none", { kind: "no-status" }],
  ["Status:None", { kind: "no-status" }],
  ["is:Failed", { kind: "state", state: "failed" }],
  ["method:post", { kind: "method", method: "POST" }],
  ["method:M-SEARCH", { kind: "method", method: "M-SEARCH" }],
  ["path:/webhooks/*", { kind: "path", glob: "/webhooks/*" }],
  ["path://a", { kind: "path", glob: "//a" }],
  ['path:"/a b"', { kind: "path", glob: "/a b" }],
  ["type:order.*", { kind: "type", glob: "order.*" }],
  ["type:a:b", { kind: "type", glob: "a:b" }],
  ["event:evt_1", { kind: "event", eventId: "evt_1" }],
  ["provider:Stripe", { kind: "provider", glob: "stripe" }],
  ["provider:*", { kind: "provider", glob: "*" }],
  ["sig:Failed", { kind: "signature", finding: "failed" }],
  ["sig:no-secret", { kind: "signature", finding: "no-secret" }],
  ["sig:missing", { kind: "signature", finding: "missing-header" }],
  ["id:42", { kind: "id", least: 42, most: 42 }],
  ["id:#42", { kind: "id", least: 42, most: 42 }],
  ["id:40..50", { kind: "id", least: 40, most: 50 }],
  ["since:10m", { kind: "age", mostMs: 600_000 }],
  ["since:1.5s", { kind: "age", mostMs: 1500 }],
  ["since:90d", { kind: "age", mostMs: 7_776_000_000 }],
  ["since:0", { kind: "age", mostMs: 0 }],
  ["since:2026-03-04T05:06Z", { kind: "since", atMs: Date.UTC(2026, 2, 4, 5, 6) }],
  ["since:2026-03-04", { kind: "since", atMs: new Date(2026, 2, 4).getTime() }],
  ["attempts:>1", { kind: "attempts", compared: ">", count: 1 }],
  ["attempts:0", { kind: "attempts", compared: "=", count: 0 }],
  ["attempts:=2", { kind: "attempts", compared: "=", count: 2 }],
  ["ms:>500", { kind: "duration", compared: ">", ms: 500 }],
  ["ms:<=20", { kind: "duration", compared: "<=", ms: 20 }],
  ["ms:>=20", { kind: "duration", compared: ">=", ms: 20 }],
  ["ms:<20", { kind: "duration", compared: "<", ms: 20 }],
  ["header:X-Foo", { kind: "header", name: "x-foo", value: undefined }],
  ["header:x-foo=bar", { kind: "header", name: "x-foo", value: "bar" }],
  ["header:x-foo=a=b", { kind: "header", name: "x-foo", value: "a=b" }],
  ['header:x-foo="a b"', { kind: "header", name: "x-foo", value: "a b" }],
  ['header:"x-foo=a b"', { kind: "header", name: "x-foo", value: "a b" }],
  ['header:x-foo=a"b', { kind: "header", name: "x-foo", value: 'a"b' }],
])("%s is read", (text, condition) => {
  expect(parseFilter(text)).toEqual([{ isNegated: false, condition, from: 0, to: text.length }]);
});

test.each([
  ["status:abc", "it is no status"],
  ["status:42", "it is no status"],
  ["status:099", "it is no status"],
  ["status:6000", "it is no status"],
  ["status:>400", "it is no status"],
  ["status:599..500", "the range ends before it begins"],
  ["is:quick", "there is no such state"],
  ["method:a/b", "it is no HTTP method"],
  ["sig:quick", "there is no such finding"],
  ["id:evt_1", "it is no id of a request"],
  ["id:40..", "it is no id of a request"],
  ["id:50..40", "the range ends before it begins"],
  ["id:1234567890123456", "it is no id of a request"],
  ["since:yesterday", "it is neither a duration nor a time"],
  ["since:10", "it is neither a duration nor a time"],
  ["since:-5m", "it is neither a duration nor a time"],
  ["since:2026-02-30", "it is no time"],
  ["since:99999d", "it is longer ago than 100 years"],
  ["attempts:many", "it is no whole number, nor one behind <, <=, >= or >"],
  ["ms:>1.5", "it is no whole number, nor one behind <, <=, >= or >"],
  ["ms:500ms", "it is no whole number, nor one behind <, <=, >= or >"],
  ["ms:=>5", "it is no whole number, nor one behind <, <=, >= or >"],
  ["header:=a", "it does not begin with the name of a header field"],
  ['header:"a b"', "it does not begin with the name of a header field"],
  ["header:x-foo=", "nothing stands behind the ="],
])("%s is refused at its value", (text, problem) => {
  const at = text.indexOf(":") + 2;
  expect(() => parseFilter(text)).toThrow(
    expect.objectContaining({
      code: "BAD_FILTER",
      message: `cannot use ${text} in a filter, at character ${at}: ${problem}`,
      hint: expect.stringMatching(
        /^(?:Write it like this: .+:.+|States are ok, .+|Findings are failed, .+)$/,
      ) as string,
    }) as Error,
  );
});

test("a finding that was nearly written is suggested", () => {
  expect(() => parseFilter("sig:verifed")).toThrow(
    expect.objectContaining({ hint: "Did you mean sig:verified?" }) as Error,
  );
});

test("a state that was nearly written is suggested", () => {
  expect(() => parseFilter("is:faild")).toThrow(expect.objectContaining({ hint: "Did you mean is:failed?" }) as Error);
});
