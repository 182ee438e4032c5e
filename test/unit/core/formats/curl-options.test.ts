import { describe, expect, test } from "vitest";
import { readCurlArguments } from "../../../../src/core/formats/curl-options.ts";

test("options and URLs are sorted, in their order", () => {
  const words = [
    "-XPUT",
    "http://a",
    "-sSL",
    "-H",
    "A: b",
    "--data-raw",
    "x",
    "-o",
    "file",
    "-dy",
    "--url",
    "http://b",
  ];
  expect(readCurlArguments(words, "line 1")).toEqual({
    options: [
      { name: "request", value: "PUT" },
      { name: "header", value: "A: b" },
      { name: "data-raw", value: "x" },
      { name: "data", value: "y" },
      { name: "url", value: "http://b" },
    ],
    urls: ["http://a", "http://b"],
  });
});

test.each([
  [
    ["-sSGd", "x"],
    ["get", "data"],
  ],
  [
    ["-I", "--head"],
    ["head", "head"],
  ],
  [["--no-location", "--no-silent", "--compressed", "--max-time", "3", "-m3"], []],
  [["-0"], ["http1.0"]],
  [["-d", "-x"], ["data"]],
])("%j are the options %j", (words, names) => {
  expect(readCurlArguments(words, "line 1").options.map(({ name }) => name)).toEqual(names);
});

test("behind -- there are URLs alone", () => {
  expect(readCurlArguments(["--", "-a", "b"], "line 1").urls).toEqual(["-a", "b"]);
});

describe("what cannot be followed is refused by name:", () => {
  test.each([
    [["--frobnicate"], "the option --frobnicate is not understood"],
    [["--no-frobnicate"], "the option --no-frobnicate is not understood"],
    [["--request=PUT"], "the option --request=PUT is not understood"],
    [["-s3"], "the option -3 is not understood"],
    [["-T", "file"], "the option -T is not understood"],
    [["-F", "a=b"], "the option -F makes up a body that cannot be told beforehand"],
    [["--form", "a=b"], "the option --form makes up a body"],
    [["-H"], "-H lacks its value"],
    [["--data"], "--data lacks its value"],
    [["--max-time"], "--max-time lacks its value"],
    [["--constructor"], "the option --constructor is not understood"],
  ])("%j", (words, problem) => {
    expect(() => readCurlArguments(words, "line 4")).toThrow(`cannot import line 4: ${problem}`);
  });
});
