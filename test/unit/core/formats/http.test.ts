import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { framingOf, http } from "../../../../src/core/formats/http.ts";
import { parseHttp } from "../../../../src/core/formats/parse-http.ts";
import { anyExported, essence, exportedRequest, written } from "../../../helpers/exported.ts";

const text = (changes: Parameters<typeof exportedRequest>[0]) =>
  written(http, exportedRequest(changes)).toString("latin1");

describe("a message is written with", () => {
  test("its request line and headers as they came", () => {
    const headers = ["hOST", "a", "X-A", "\u00ff", "X-a", "", "content-length", "008"];
    expect(text({ target: "http://a/\u00fc", headers })).toBe(
      'POST http://a/\u00fc HTTP/1.1\r\nhOST: a\r\nX-A: \u00ff\r\nX-a: \r\ncontent-length: 008\r\n\r\n{"hi":1}',
    );
  });

  test("its version", () => {
    expect(text({ httpVersion: "1.0", headers: [], body: new Uint8Array(0) })).toBe("POST /hooks HTTP/1.0\r\n\r\n");
  });

  test("its body as one chunk and its trailers where it came in chunks", () => {
    expect(text({ headers: ["Transfer-Encoding", "gzip, Chunked"], trailers: ["X-Sum", "1"] })).toBe(
      'POST /hooks HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n8\r\n{"hi":1}\r\n0\r\nX-Sum: 1\r\n\r\n',
    );
  });

  test("no chunk but the last where the body is empty", () => {
    const changes = { headers: ["Transfer-Encoding", "chunked"], body: new Uint8Array(0) };
    expect(text(changes)).toMatch(/chunked\r\n\r\n0\r\n\r\n$/);
  });

  test("the length of what is stored where another was claimed, or none", () => {
    expect(text({ headers: ["Content-Length", "900"] })).toContain("\r\nContent-Length: 8\r\n");
    expect(text({ headers: [] })).toContain("\r\nContent-Length: 8\r\n");
  });
});

test("what was no HTTP cannot be written", () => {
  expect(http.obstacle(exportedRequest({ completeness: "malformed" }))).toBe("it was not valid HTTP");
});

test("messages in one file are read again as they were", () => {
  const chunked = anyExported.map((request) => ({
    ...request,
    headers: [...request.headers.slice(0, request.body.length > 0 ? -2 : undefined), "Transfer-Encoding", "chunked"],
    trailers: ["X-Trailer", "1"],
  }));
  fc.assert(
    fc.property(fc.array(fc.oneof(anyExported, chunked), { minLength: 1, maxLength: 5 }), (requests) => {
      const read = parseHttp(written(http, ...requests));
      expect(read.map(essence)).toEqual(requests.map(essence));
      expect(read.map(({ trailers }) => trailers)).toEqual(requests.map(({ trailers }) => trailers));
      expect(read.every(({ completeness }) => completeness === "complete")).toBe(true);
    }),
  );
});

test.each([
  [["Transfer-Encoding", "gzip, Chunked "], { kind: "chunked" }],
  [["transfer-encoding", "gzip", "Transfer-Encoding", "chunked", "Content-Length", "3"], { kind: "chunked" }],
  [["Transfer-Encoding", "chunked, gzip"], { kind: "none" }],
  [["content-length", "3", "Content-Length", "4"], { kind: "length", values: ["3", "4"] }],
  [[], { kind: "none" }],
])("%j is framed as %j", (headers, framing) => {
  expect(framingOf(headers)).toEqual(framing);
});
