import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ParserError, readLeniently, refusalFor } from "../../../../src/io/capture/malformed.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");
const parserError = (code: string, reason?: string): ParserError =>
  Object.assign(new Error("Parse Error"), { code, ...(reason === undefined ? {} : { reason }) });

describe("reading leniently", () => {
  test("takes what there is of a head", () => {
    expect(readLeniently(bytes("FOO  /a?b HTTP/1.1\r\nHost:a\r\nX-B:  c \r\nbroken\r\nX-D: e\r\n\r\n"))).toEqual({
      method: "FOO",
      target: "/a?b",
      httpVersion: "1.1",
      headers: ["Host", "a", "X-B", "c"],
    });
  });

  test("takes HTTP/0.9 and bare line feeds", () => {
    expect(readLeniently(bytes("GET /a\nX: y\n\n"))).toEqual({
      method: "GET",
      target: "/a",
      httpVersion: "",
      headers: ["X", "y"],
    });
  });

  test("finds nothing in what is no head", () => {
    expect(readLeniently(bytes("\x16\x03\x01\0"))).toEqual({ method: "", target: "", httpVersion: "", headers: [] });
  });

  test("takes a long run of blanks inside of a value, which once took it minutes", () => {
    const value = `a${" \t".repeat(200_000)}b`;
    const blank = " ".repeat(400_000);
    expect(readLeniently(bytes(`GET / HTTP/1.1\r\nX:  ${value} \t\r\nY: ${blank}\n`)).headers).toEqual([
      "X",
      value,
      "Y",
      "",
    ]);
  });

  test("takes any bytes, and header values hold no line break", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
        const { headers } = readLeniently(Buffer.from(any));
        expect(headers.length % 2).toBe(0);
        expect(headers.join("")).not.toMatch(/[\r\n]/);
      }),
    );
  });
});

describe("what the parser's errors mean", () => {
  const http = "GET / HTTP/1.1\r\n";
  test.each([
    ["HPE_INVALID_METHOD", "\x16\x03\x01\x02\0\x01", 400, "tls", /use http:\/\//],
    ["HPE_PAUSED_H2_UPGRADE", "PRI * HTTP/2.0\r\n\r\nSM", 505, "http2", /use HTTP\/1\.1/],
    ["HPE_INVALID_METHOD", "PRI * HTTP/2.0\r\n\r\nSM", 505, "http2", /use HTTP\/1\.1/],
    ["HPE_HEADER_OVERFLOW", http, 431, "head-too-large", /64 KiB/],
    ["HPE_CHUNK_EXTENSIONS_OVERFLOW", http, 413, "chunk-extensions", /chunk extensions/],
    ["ERR_HTTP_REQUEST_TIMEOUT", http, 408, "head-timeout", /in time/],
    ["HPE_INVALID_EOF_STATE", http, 400, "cut-short", /before its request was whole/],
    ["HPE_INVALID_METHOD", "FOO /a HTTP/1.1\r\n", 501, "unknown-method", /FOO/],
    ["HPE_INVALID_METHOD", "not http at all", 400, "malformed", /not an HTTP request/],
    ["HPE_INVALID_VERSION", "GET / HTTP/3.0\r\n", 505, "http-version", /HTTP\/1\.1/],
    ["HPE_INVALID_VERSION", "GET / HTTP/1.1\n", 400, "malformed", /not valid HTTP/],
    ["HPE_INVALID_VERSION", "GET / HTTP/x\r\n", 400, "malformed", /not valid HTTP/],
    ["HPE_INVALID_CONSTANT", "GET / FTP/1.0\r\n", 505, "protocol", /^FTP is not spoken here/],
    ["HPE_INVALID_CONSTANT", "PUT / RTSP/1.0\r\n", 505, "protocol", /^RTSP is not spoken here/],
    ["HPE_INVALID_CONSTANT", "GET / RTSP/1", 505, "protocol", /^RTSP is not spoken here/],
    ["HPE_INVALID_CONSTANT", "PLAY /a HTTP/1.1\r\n", 501, "unknown-method", /PLAY/],
    ["HPE_INVALID_CONSTANT", "PLAY /a HTTP/", 501, "unknown-method", /PLAY/],
    ["HPE_INVALID_CONSTANT", "GET / http/1.1\r\n", 400, "malformed", /not valid HTTP/],
    ["HPE_INVALID_CONSTANT", "GET /a b HTTP/1.1\r\n", 400, "malformed", /not valid HTTP/],
    ["HPE_INVALID_CONSTANT", "GET /a F", 400, "malformed", /not valid HTTP/],
    ["HPE_WHAT_EVER", http, 400, "malformed", /not valid HTTP: HPE_WHAT_EVER/],
  ])("%s for %j", (code, sent, status, name, reason) => {
    expect(refusalFor(parserError(code), bytes(sent))).toMatchObject({
      status,
      code: name,
      reason: expect.stringMatching(reason) as string,
    });
  });

  test("the parser's own sentence is passed on", () => {
    expect(refusalFor(parserError("HPE_X", "Unexpected space"), bytes(http)).reason).toBe(
      "not valid HTTP: Unexpected space",
    );
  });
});

test("of a head of many lines the first two hundred are shown", () => {
  const head = readLeniently(Buffer.from(`GET / HTTP/1.1\r\n${"a: b\r\n".repeat(10_000)}`));
  expect(head.headers).toHaveLength(2 * 199);
});
