import { expect, test } from "vitest";
import { isFailed, isGenuine, VERDICTS } from "../../../../src/core/model/verdict.ts";

test("five verdicts say no", () => {
  const failed = VERDICTS.filter((kind) => isFailed({ kind }));
  expect(failed).toEqual(["stale", "future", "mismatch", "missing-header", "malformed-header"]);
});

test("who signed it knew the secret, however long ago", () => {
  expect(VERDICTS.filter((kind) => isGenuine({ kind }))).toEqual(["verified", "stale", "future"]);
});
