import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import { printFilter } from "../../../../src/core/filter/print-filter.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { filterText } from "../../../helpers/filters.ts";
import { hostileText, nastyStrings } from "../../../helpers/hostile-text.ts";

describe("a filter", () => {
  test("lets everything through where it is empty", () => {
    expect(parseFilter("  ")).toEqual([]);
  });

  test("is terms side by side, each with its place and perhaps a minus", () => {
    expect(parseFilter("is:failed -path:/health  needle")).toEqual([
      { isNegated: false, condition: { kind: "state", state: "failed" }, from: 0, to: 9 },
      { isNegated: true, condition: { kind: "path", glob: "/health" }, from: 10, to: 23 },
      { isNegated: false, condition: { kind: "text", text: "needle" }, from: 25, to: 31 },
    ]);
  });

  test.each([
    ["needle", "needle"],
    ['"two words"', "two words"],
    ['"is:failed"', "is:failed"],
    ['"-5"', "-5"],
    ["http://localhost:8000/a", "http://localhost:8000/a"],
    ["postgres://db", "postgres://db"],
    ["error:", "error:"],
    ['{"id":1}', '{"id":1}'],
    ["12:30", "12:30"],
    ["X-Foo:bar", "X-Foo:bar"],
    ["é:b", "é:b"],
    [":", ":"],
    ["a\ud800", "a\ufffd"],
  ])("%j looks for the text %j", (written, text) => {
    expect(parseFilter(written)).toMatchObject([{ isNegated: false, condition: { kind: "text", text } }]);
  });
});

describe("an error", () => {
  test.each([
    [
      "statsu:500",
      1,
      "there is no key statsu",
      'Did you mean status:500? To look for the text itself, quote it: "statsu:500"',
    ],
    [
      "a -Hedaer:x",
      4,
      "there is no key Hedaer",
      'Did you mean header:x? To look for the text itself, quote it: "Hedaer:x"',
    ],
    [
      "localhost:8000",
      1,
      "there is no key localhost",
      'Keys are status, is, method, path, type, event, provider, sig, id, since, attempts, ms, header. To look for the text itself, quote it: "localhost:8000"',
    ],
    [
      "status:",
      7,
      "nothing stands behind the colon",
      "Write it like this: status:5xx or status:404 or status:500..599 or status:none",
    ],
  ])("about %s says where, why and what to write", (text, at, problem, hint) => {
    const term = text.split(" ").at(-1) ?? "";
    expect(() => parseFilter(text)).toThrow(
      expect.objectContaining({
        code: "BAD_FILTER",
        category: "usage",
        message: `cannot use ${term} in a filter, at character ${at}: ${problem}`,
        hint,
      }) as Error,
    );
  });

  test("says what to underline", () => {
    expect(() => parseFilter("a statsu:500 b")).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ from: 2, to: 12, at: 3 }) as object }) as Error,
    );
  });

  test("comes for more than can be asked at once", () => {
    expect(parseFilter("a ".repeat(100))).toHaveLength(100);
    expect(() => parseFilter("a ".repeat(101))).toThrow("at character 201: a filter has at most 100 terms");
    expect(parseFilter("a".repeat(4000))).toHaveLength(1);
    expect(() => parseFilter("a".repeat(4001))).toThrow("at character 4001: a filter has at most 4000 characters");
  });
});

describe("where only a request is known", () => {
  test.each(["status:5xx", "a -status:none", "is:ok", "is:replay", "attempts:>1", "ms:>5"])("%s is refused", (text) => {
    expect(() => parseFilter(text, { knownOnArrivalOnly: true })).toThrow(
      "it is asked when a request arrives, and then nothing has been delivered yet",
    );
  });

  test("everything about the request itself can be asked", () => {
    const text = "type:order.* -path:/health method:post header:x-a=b id:1 event:e since:1h needle is:malformed";
    expect(parseFilter(text, { knownOnArrivalOnly: true })).toEqual(parseFilter(text));
  });
});

test("any text is a filter or BAD_FILTER, and a filter that is printed and read again asks the same", () => {
  const text = fc.oneof(
    hostileText,
    filterText,
    fc.array(fc.oneof(hostileText, filterText)).map((all) => all.join(" ")),
  );
  const examples = nastyStrings.map((nasty): [string] => [nasty]);
  fc.assert(fc.property(text, isReadOrRefused), { numRuns: 2000, examples });
});

function isReadOrRefused(text: string): void {
  try {
    const filter = parseFilter(text);
    const asked = filter.map(({ isNegated, condition }) => ({ isNegated, condition }));
    expect(parseFilter(printFilter(filter))).toMatchObject(asked);
  } catch (error) {
    if (!(error instanceof HookcliError)) throw error;
    expect(error.code).toBe("BAD_FILTER");
  }
}
