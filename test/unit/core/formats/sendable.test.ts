import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curl } from "../../../../src/core/formats/curl.ts";
import { fetchSnippet } from "../../../../src/core/formats/fetch.ts";
import { har } from "../../../../src/core/formats/har.ts";
import { http } from "../../../../src/core/formats/http.ts";
import { httpie } from "../../../../src/core/formats/httpie.ts";
import { ndjson } from "../../../../src/core/formats/ndjson.ts";
import { parseCurl } from "../../../../src/core/formats/parse-curl.ts";
import { parseHar } from "../../../../src/core/formats/parse-har.ts";
import {
  absentOf,
  commentLine,
  isTidy,
  sendable,
  splitUrl,
  unsendable,
} from "../../../../src/core/formats/sendable.ts";
import { exportedRequest, written } from "../../../helpers/exported.ts";

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

test("a note is a comment on a line of its own; where there is none there is no line", () => {
  expect(commentLine("#", { note: "hookcli replay 42 signs it anew" })).toBe("# hookcli replay 42 signs it anew\n");
  expect(commentLine("//", { note: "a" })).toBe("// a\n");
  expect(commentLine("#", {})).toBe("");
});

test("whatever a note holds, it neither ends the comment nor opens a quote", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (note) => {
      expect(commentLine("#", { note: `it's\n$(id)\u2028${note}` })).toMatch(/^# it s id[\w.,:/ -]*\n$/);
    }),
  );
});

const noted = exportedRequest({ note: "it's old" });

test.each([
  [curl, "# it s old\ncurl "],
  [httpie, "# it s old\nhttp "],
  [fetchSnippet, "// it s old\nawait fetch("],
])("as $name a request has its note in front", (format, beginning) => {
  expect(written(format, noted).toString().startsWith(beginning)).toBe(true);
});

test("whoever reads a request again does not read its note", () => {
  const plain = exportedRequest();
  expect(parseCurl(written(curl, noted, noted))).toEqual(parseCurl(written(curl, plain, plain)));
  expect(written(har, noted).toString()).toContain('"comment":"it\'s old"');
  expect(parseHar(written(har, noted))).toEqual(parseHar(written(har, plain)));
  for (const format of [http, ndjson]) expect(written(format, noted).equals(written(format, plain))).toBe(true);
});
