import { expect, test } from "vitest";
import { setHeader, withoutHeaders } from "../../../../src/core/schemes/header-edit.ts";

test("a header is set in its place, with the case of its name, and its repeats go", () => {
  expect(setHeader(["A", "1", "x-sig", "old", "B", "2", "X-Sig", "older"], "X-SIG", "new")).toEqual([
    "A",
    "1",
    "x-sig",
    "new",
    "B",
    "2",
  ]);
});

test("a header that is not there is set at the end", () => {
  expect(setHeader(["A", "1"], "X-Sig", "new")).toEqual(["A", "1", "X-Sig", "new"]);
});

test("headers are left out by their names in lower case", () => {
  expect(withoutHeaders(["A", "1", "X-Sig", "s", "a", "2"], (name) => name === "a")).toEqual(["X-Sig", "s"]);
});
