import { expect, test } from "vitest";
import { findFault } from "../../../../src/core/faults/index.ts";
import { missing, readArgument } from "../../../../src/core/faults/read-argument.ts";

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
