import { describe, expect, test } from "vitest";
import { badImport, checkImport } from "../../../../src/core/formats/check-import.ts";
import type { ImportedRequest } from "../../../../src/core/formats/format.ts";

test("a bad import names the place and the problem, and is a matter of usage", () => {
  const cause = new Error("inner");
  const error = badImport("line 3", "it is not JSON", cause);
  expect(error.message).toBe("cannot import line 3: it is not JSON");
  expect([error.code, error.category, error.cause]).toEqual(["BAD_IMPORT", "usage", cause]);
  expect(badImport("line 3", "x").cause).toBeUndefined();
});

const good: ImportedRequest = {
  method: "POST",
  target: "/\u00ff?#[]",
  httpVersion: "1.1",
  headers: ["X-A", "\u00ff \t", "a!#$%&'*+-.^_`|~", ""],
  trailers: [],
  body: new Uint8Array(0),
  completeness: "complete",
};

test("a request that HTTP can carry passes as it is", () => {
  expect(checkImport(good, "line 1")).toBe(good);
});

describe("what would break a message is refused:", () => {
  test.each([
    [{ method: "" }, '"" is no HTTP method'],
    [{ method: "GET /" }, '"GET /" is no HTTP method'],
    [{ target: "" }, 'the target "" holds'],
    [{ target: "/a b" }, "must be written as %XX"],
    [{ target: "/\r\nX: y" }, "must be written as %XX"],
    [{ headers: ["a b", ""] }, '"a b" is no header name'],
    [{ headers: ["", ""] }, '"" is no header name'],
    [{ headers: ["a:", ""] }, '"a:" is no header name'],
    [{ headers: ["a", "b\nc: d"] }, "the header a holds a line break or NUL"],
    [{ trailers: ["a", "b\rc"] }, "the header a holds a line break or NUL"],
    [{ headers: ["a", "\0"] }, "the header a holds a line break or NUL"],
  ])("%j", (changes, problem) => {
    expect(() => checkImport({ ...good, ...changes }, "line 7")).toThrow(problem);
    expect(() => checkImport({ ...good, ...changes }, "line 7")).toThrow("line 7");
  });
});

describe("of what was stored as malformed", () => {
  const malformed = { ...good, completeness: "malformed" } as const;

  test.each([{ method: "", target: "" }, { headers: ["a/b", "\0"] }, { target: "/\t" }])("%j passes", (changes) => {
    expect(checkImport({ ...malformed, ...changes }, "line 1")).toMatchObject(changes);
  });

  test.each([{ headers: ["a", "\n"] }, { headers: ["a b", ""] }, { target: "/\n" }, { method: "A\n" }])(
    "%j does not",
    (changes) => {
      expect(() => checkImport({ ...malformed, ...changes }, "line 1")).toThrow("cannot import line 1");
    },
  );
});
