import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRawRequest, printRawRequest } from "../../../../src/core/model/raw-request.ts";

const parse = (text: string) => parseRawRequest(Buffer.from(text, "latin1"));

test("a request is shown as its head and body, without what is worked out anyway", () => {
  const headers = ["Host", "x", "Content-Length", "5", "X-A", "1", "x-a", "\u00e9", "Transfer-Encoding", "chunked"];
  const printed = printRawRequest({ method: "POST", target: "/a?b", headers, body: Buffer.from("hello") });
  expect(Buffer.from(printed).toString("latin1")).toBe("POST /a?b HTTP/1.1\nHost: x\nX-A: 1\nx-a: \u00e9\n\nhello");
});

test("what is shown reads as the same request, whatever bytes it holds", () => {
  const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,10}$/);
  const value = fc.stringMatching(/^[!-~\u00a0-\u00ff]{0,10}$/);
  const request = fc.record({
    method: token,
    target: fc.stringMatching(/^\/[!-~\u0080-\u00ff]{0,20}$/),
    headers: fc
      .array(fc.tuple(token, value).filter(([name]) => !/^(?:content-length|transfer-encoding|trailer)$/i.test(name)))
      .map((fields) => fields.flat()),
    body: fc.uint8Array(),
  });
  fc.assert(
    fc.property(request, (wanted) => {
      const read = parseRawRequest(printRawRequest(wanted));
      expect({ ...read, body: [...read.body] }).toEqual({ ...wanted, body: [...wanted.body] });
    }),
  );
});

describe("an edited request", () => {
  test("may end its lines in CR LF, leave the version out, and hold no body", () => {
    expect(parse("PUT /x\r\nA:  1 \r\n\r\nhi\r\n")).toMatchObject({ method: "PUT", target: "/x", headers: ["A", "1"] });
    expect(Buffer.from(parse("PUT /x\r\nA: 1\r\n\r\nhi\r\n").body).toString()).toBe("hi\r\n");
    expect(parse("GET https://a.test/x HTTP/1.1\nA: 1\n").body).toHaveLength(0);
    expect(parse("GET /").headers).toEqual([]);
  });

  test("has its length worked out, whatever it says", () => {
    expect(parse("POST / HTTP/1.1\nContent-Length: 99\nA: 1\n\nhi").headers).toEqual(["A", "1"]);
  });

  test.each([
    ["", 1],
    ["nonsense", 1],
    ["POST", 1],
    ["POST x HTTP/1.1", 1],
    ["PO ST / HTTP/1.1", 1],
    ["POST / HTTP/2", 1],
    ["POST / HTTP/1.1\nno header", 2],
    ["POST / HTTP/1.1\nA: 1\n folded", 3],
    ["POST / HTTP/1.1\nA: 1\nB : 2", 3],
    ["POST / HTTP/1.1\nA: \u001b", 2],
  ])("%j is broken in line %i", (text, line) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: "BAD_EDIT", details: { line, problem: expect.any(String) as string } }),
    );
  });
});
