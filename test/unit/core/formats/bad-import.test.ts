import { expect, test } from "vitest";
import { badImport } from "../../../../src/core/formats/bad-import.ts";

test("a bad import names the place and the problem, and is a matter of usage", () => {
  const cause = new Error("inner");
  const error = badImport("line 3", "it is not JSON", cause);
  expect(error.message).toBe("cannot import line 3: it is not JSON");
  expect([error.code, error.category, error.cause]).toEqual(["BAD_IMPORT", "usage", cause]);
  expect(badImport("line 3", "x").cause).toBeUndefined();
});
