import { describe, expect, test } from "vitest";
import { absentOf, isTidy, sendable, splitUrl, unsendable } from "../../../../src/core/formats/sendable.ts";
import { exportedRequest } from "../../../helpers/exported.ts";

test.each([
  ["http://a:1/b?c", "http://a:1", "/b?c"],
  ["https://[::1]:1", "https://[::1]:1", "/"],
  ["http://a?b", "http://a", "/?b"],
  ["http://a#b", "http://a", "/#b"],
  ["/a", "", "/a"],
])("%s is split", (url, origin, path) => {
  expect(splitUrl(url)).toEqual([origin, path]);
});

describe("what is sent", () => {
  test("has neither length nor connection headers, nor the Host that the URL names", () => {
    const headers = [
      "hOst",
      "LOCALHOST:8000",
      "Connection",
      "close, X-Hop",
      "X-Hop",
      "1",
      "A",
      "b",
      "Content-Length",
      "8",
    ];
    expect(sendable(exportedRequest({ headers }))).toEqual({
      origin: "http://localhost:8000",
      path: "/hooks",
      fields: [["A", "b"]],
      hasBody: true,
    });
  });

  test("has a Host of its own", () => {
    expect(sendable(exportedRequest({ headers: ["host", "shop.example"] })).fields).toEqual([["Host", "shop.example"]]);
  });

  test.each([
    [["Content-Length", "0"], "", true],
    [["Transfer-Encoding", "chunked"], "", true],
    [[], "x", true],
    [[], "", false],
  ])("with headers %j and body %j has a body: %s", (headers, body, hasBody) => {
    expect(sendable(exportedRequest({ headers, body: Buffer.from(body) })).hasBody).toBe(hasBody);
  });
});

test("names that are absent are told in any letter case", () => {
  expect(absentOf([["accept", ""]], ["Accept", "User-Agent"])).toEqual(["User-Agent"]);
});

test("only what was no HTTP cannot be sent", () => {
  expect(unsendable(exportedRequest({ completeness: "malformed" }))).toBe("it was not valid HTTP");
  expect(unsendable(exportedRequest({ method: "" }))).toBe("it was not valid HTTP");
  expect(unsendable(exportedRequest({ completeness: "partial" }))).toBeUndefined();
});

test.each(["/", "/a?b=c&d[]='\"{}|\\^`<>", "/...", "/a..b"])("%s is tidy", (path) => {
  expect(isTidy(path)).toBe(true);
});

test.each(["/a/../b", "/.", "/%2E%2e/a", "/a/..?b", "/\u00ff", "/a b", "/a#b"])("%s is not tidy", (path) => {
  expect(isTidy(path)).toBe(false);
});
