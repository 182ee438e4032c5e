import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageEnd } from "../../../../src/io/capture/message-end.ts";

const NEXT = "GET /next HTTP/1.1\r\n";
const end = (text: string): number | undefined => messageEnd(Buffer.from(text, "latin1"));

describe("the end of a message", () => {
  test.each([
    ["no body", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["empty lines before it", "\r\n\r\nGET / HTTP/1.1\r\n\r\n"],
    ["a length", "POST / HTTP/1.1\r\ncontent-LENGTH:4\r\n\r\nbody"],
    ["a body with an empty line in it", "POST / HTTP/1.1\r\nContent-Length: 8\r\n\r\na\r\n\r\nb\r\n"],
    ["chunks", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"],
    ["chunks and trailers", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\nZ: z\r\n\r\n"],
  ])("is found: %s", (_what, message) => {
    expect(end(message)).toBe(message.length);
    expect(end(message + NEXT)).toBe(message.length);
  });

  test.each([
    ["half a head", "GET / HTTP/1.1\r\nHost: a\r\n"],
    ["half a body", "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbod"],
    ["half a chunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc"],
    ["half a chunk size", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n9"],
    ["half the trailers", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n"],
    ["a negative chunk size", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-6\r\nabc\r\n"],
    ["a chunk size that is none", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"],
  ])("is not there yet: %s", (_what, message) => {
    expect(end(message)).toBeUndefined();
  });

  test("lies within the bytes, whatever they are", () => {
    const text = fc.string({
      unit: fc.constantFrom("\r", "\n", "\r\n\r\n", "Transfer-Encoding:", "Content-Length:9", "f", "0", "-6"),
    });
    fc.assert(
      fc.property(text, (any) => {
        const found = end(any) ?? 0;
        expect(found >= 0 && found <= any.length).toBe(true);
      }),
    );
  });
});
