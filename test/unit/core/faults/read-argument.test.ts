import { describe, expect, test } from "vitest";
import { findFault } from "../../../../src/core/faults/index.ts";
import { missing, readArgument, readFields, readValue } from "../../../../src/core/faults/read-argument.ts";

describe("what stands behind a colon", () => {
  const read = (name: string, written: string) => {
    const fault = findFault(name);
    if (!fault) throw new Error(name);
    return readArgument(fault, { written, from: 0, to: written.length }, written.indexOf(":") + 1);
  };

  test.each([
    ["delay", "delay:5s", { durationMs: 5000 }],
    ["truncate", "truncate:5", { bytes: 5 }],
    ["slow", "slow:5/s", { bytesPerSecond: 5 }],
    ["redirect", "redirect:/a", { url: "/a" }],
    ["status", "500:a=b", { headers: [["a", "b"]] }],
  ])("%s reads %s", (name, written, options) => {
    expect(read(name, written)).toEqual({ options, to: written.length });
  });

  test.each(["close", "reset", "empty", "garbage", "ok"])("%s takes nothing", (name) => {
    expect(() => read(name, `${name}:1`)).toThrow(`${name} takes nothing`);
  });

  test("what is missing is shown by example", () => {
    const fault = findFault("redirect");
    expect(fault && missing(fault, { written: "redirect", from: 3, to: 11 }, 7)).toMatchObject({
      details: { at: 11, advice: "Write it like this: redirect:/elsewhere or redirect:https://example.com/hooks" },
    });
  });
});

describe("fields", () => {
  const read = (written: string) => readFields({ written, from: 0, to: written.length }, 4);

  test("headers keep their order, letter case and repeats; body is the body", () => {
    expect(read('500:X-B=1;x-a="";BODY={};X-B=2x3')).toEqual({
      options: {
        headers: [
          ["X-B", "1"],
          ["x-a", ""],
          ["X-B", "2"],
        ],
        body: "{}",
      },
      to: 30,
    });
  });

  test.each(["connection", "Transfer-Encoding", "content-length", "keep-alive", "upgrade"])("%s is refused", (name) => {
    expect(() => read(`500:${name}=x`)).toThrow(`${name} belongs to the connection`);
  });
});

describe("a value", () => {
  const read = (written: string, isField = false) =>
    readValue({ written, from: 10, to: 10 + written.length }, 2, isField);

  test.each([
    ["a:b", "b", 3],
    ["a:20sx3", "20s", 5],
    ["a:b;c", "b;c", 5],
    ["a:b c", "b", 3],
    [String.raw`a:"b \"c\" \\"x2`, String.raw`b "c" \ `.trimEnd(), 14],
    ['a:""', "", 4],
    ["a:", "", 2],
  ])("%s holds %j", (written, text, to) => {
    expect(read(written)).toEqual({ text, from: 2, to });
  });

  test("of a field ends at a semicolon", () => {
    expect(read("a=b;c", true)).toEqual({ text: "b", from: 2, to: 3 });
  });

  test("that is not closed, or may end in a count, is refused where it stands", () => {
    expect(() => read('a:"b')).toThrow("at character 13: this quote is never closed");
    expect(() => read("a:fox2")).toThrow("at character 15: x2 may belong to fox2 or say how often");
  });
});
