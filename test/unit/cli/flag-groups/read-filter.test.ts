import { describe, expect, test } from "vitest";
import { asksForMalformed, readFilter } from "../../../../src/cli/flag-groups/read-filter.ts";
import type { RawFlags } from "../../../../src/cli/flags/flag.ts";
import { Flags } from "../../../../src/cli/settings/flags.ts";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import { printFilter } from "../../../../src/core/filter/print-filter.ts";

const read = (words: readonly string[], raw: RawFlags = {}): string =>
  printFilter(readFilter(words, new Flags(raw, () => ({ kind: "flag" }))));

describe("a filter", () => {
  test.each<[string, readonly string[], RawFlags, string]>([
    ["is everything where nothing is asked", [], {}, ""],
    ["is the words of the line", ["status:5xx", "type:order.*"], {}, "status:500..599 type:order.*"],
    ["keeps words in quotes together", ['"some', 'words"'], {}, '"some words"'],
    ["is --filter, be it with a minus", [], { filter: "-path:/health" }, "-path:/health"],
    ["is a type, be it with blanks in it", [], { type: "order paid" }, 'type:"order paid"'],
    ["is a time", [], { since: "10m" }, "since:600000ms"],
    ["is what failed", [], { failed: true }, "is:failed"],
    ["is not what failed where that was not asked", [], { failed: false }, ""],
    [
      "is all of these at once",
      ["word"],
      { filter: "method:put", type: "a.*", since: "2h", failed: true },
      "word method:put type:a.* since:7200000ms is:failed",
    ],
  ])("%s", (_, words, raw, filter) => {
    expect(read(words, raw)).toBe(filter);
  });

  test("a wrong word is told as a term of a filter", () => {
    expect(() => read(["status:often"])).toThrow(
      expect.objectContaining({
        code: "BAD_FILTER",
        message: "cannot use status:often in a filter, at character 8: it is no status",
        hint: expect.stringContaining("status:5xx") as unknown,
      }) as Error,
    );
  });

  test.each([
    [{ since: "soon" }, '--since cannot be "soon": ', "Write it like this: --since 10m, 2h, 3d or 2026-03-04T05:06"],
    [{ type: "" }, '--type cannot be "": ', "Write it like this: --type order.completed or order.*"],
  ])("a wrong shorthand is told as the flag that it is: %j", (raw, told, hint) => {
    expect(() => read([], raw)).toThrow(
      expect.objectContaining({ code: "BAD_VALUE", message: expect.stringContaining(told) as unknown, hint }) as Error,
    );
  });
});

test.each([
  ["is:malformed", true],
  ["is:refused", true],
  ["type:a is:malformed", true],
  ["-is:malformed", false],
  ["is:failed", false],
  ["malformed", false],
  ["", false],
])("whether %j asks for what was no HTTP: %s", (text, asks) => {
  expect(asksForMalformed(parseFilter(text))).toBe(asks);
});
