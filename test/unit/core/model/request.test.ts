import { expect, test } from "vitest";
import { pathOfTarget } from "../../../../src/core/model/request.ts";

test.each([
  ["/hooks?a=1", "/hooks"],
  ["/", "/"],
  ["http://shop.test:8000/hooks?a=/b", "/hooks"],
  ["http://shop.test", "/"],
  ["http://shop.test?a", "/"],
  ["*", "*"],
  ["//evil/x", "//evil/x"],
  ["/a\0b", undefined],
])("the path in %j is %j", (target, path) => {
  expect(pathOfTarget(target)).toBe(path);
});
