import { expect, test } from "vitest";
import { curlBody } from "../../../../src/core/formats/curl-body.ts";

const option = (name: string, value: string) => ({ name, value });

test.each([
  [[], undefined],
  [[option("data", "a=1"), option("data-raw", "@b"), option("data-ascii", "")], "a=1&@b&"],
  [[option("data-binary", "a\nb")], "a\nb"],
  [[option("data-urlencode", "a b&c")], "a+b%26c"],
  [[option("data-urlencode", "=a=b")], "a%3Db"],
  [[option("data-urlencode", "n n=\u00c3\u00a9")], "n n=%C3%A9"],
  [[option("json", "{"), option("json", "}")], "{}"],
  [[option("data-binary", "@-")], "fed\n\0"],
  [[option("data", "@-")], "fed"],
  [[option("json", "@-")], "fed\n\0"],
  [[option("data-urlencode", "n@-")], "n=fed%0A%00"],
])("%j make the body %j", (options, content) => {
  expect(curlBody(options, "fed\n\0", "line 1").content).toBe(content);
});

test.each([
  [option("data", "@body.json"), undefined, 'its data is in the file "body.json"'],
  [option("data-binary", "@"), "fed", 'its data is in the file ""'],
  [option("data-urlencode", "n@file"), "fed", 'its data is in the file "file"'],
  [option("json", "@-"), undefined, "its data comes from standard input (@-)"],
])("%j is refused", (given, fed, problem) => {
  expect(() => curlBody([given], fed, "line 2")).toThrow(`cannot import line 2: ${problem}`);
});

test("JSON is told", () => {
  expect(curlBody([option("json", "1")], undefined, "line 1").isJson).toBe(true);
  expect(curlBody([option("data", "1")], undefined, "line 1").isJson).toBe(false);
});
