import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineAt, parseHttp, readChunked, readFields } from "../../../../src/core/formats/parse-http.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";

const read = (text: string) =>
  parseHttp(Buffer.from(text, "latin1")).map(({ method, target, body, completeness }) => [
    `${method} ${target}`,
    Buffer.from(body).toString("latin1"),
    completeness,
  ]);

describe("messages are told apart:", () => {
  test.each([
    ["a head alone", "GET / HTTP/1.1", [["GET /", "", "complete"]]],
    ["line feeds alone", "POST /a HTTP/1.1\nContent-Length: 2\n\nok\n", [["POST /a", "ok", "complete"]]],
    [
      "two with lengths",
      "POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nokPOST /b HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
      [
        ["POST /a", "ok", "complete"],
        ["POST /b", "", "complete"],
      ],
    ],
    [
      "one that tells no end before another",
      "GET /a HTTP/1.1\r\n\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
      [
        ["GET /a", "", "complete"],
        ["GET /b", "", "complete"],
      ],
    ],
    ["a body without a length", "POST /a HTTP/1.1\n\n{\n}\n", [["POST /a", "{\n}\n", "complete"]]],
    ["a body cut short", "POST /a HTTP/1.1\r\nContent-Length: 9\r\n\r\nok", [["POST /a", "ok", "partial"]]],
    [
      "chunks",
      "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n1\r\n!\r\n0\r\nA: b\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
      [
        ["POST /a", "ok!", "complete"],
        ["GET /b", "", "complete"],
      ],
    ],
    ["a byte order mark and blank lines", "\u00ef\u00bb\u00bf\r\n\r\nGET / HTTP/1.0\n", [["GET /", "", "complete"]]],
  ])("%s", (_, text, messages) => {
    expect(read(text)).toEqual(messages);
  });
});

test("headers keep order, case, repeats and bytes; the version is kept where it is one of 1.x", () => {
  const text = "GET http://a/\u00ff HTTP/1.0\r\nX-a:1\r\nx-A: \u00ff \t\r\nEmpty:\r\n\r\n";
  expect(parseHttp(Buffer.from(text, "latin1"))[0]).toMatchObject({
    target: "http://a/\u00ff",
    httpVersion: "1.0",
    headers: ["X-a", "1", "x-A", "\u00ff", "Empty", ""],
  });
  expect(parseHttp(Buffer.from("GET / HTTP/2\n"))[0]?.httpVersion).toBe("1.1");
});

describe("what is wrong is named with its message:", () => {
  const first = "GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n";
  test.each([
    ["", "", 'message 1: its first line is "", not like POST /hooks HTTP/1.1'],
    ["", "hello\n", 'message 1: its first line is "hello\\n", not like'],
    ["", "POST http://a/\n", 'message 1: its first line is "POST http://a/\\n", not like'],
    [first, "junk", "message 1: 4 bytes follow its body, and they are no further message"],
    [first, "GET / HTTP/1.1\nA b\n", 'message 2: "A b" is no header'],
    [first, "GET / HTTP/1.1\nA: b\n c\n", 'message 2: " c" is no header'],
    [first, "GET /a b HTTP/1.1\n", 'message 2: the target "/a b" holds'],
    [first, "GET / HTTP/1.1\nContent-Length: x\n", 'message 2: Content-Length is "x"'],
    [first, "GET / HTTP/1.1\nContent-Length: 1\nContent-Length: 2\n", 'message 2: Content-Length is "1, 2"'],
    [first, "GET / HTTP/1.1\nTransfer-Encoding: chunked\n\nzz\n", 'message 2: "zz" stands where a chunk'],
    [first, "GET / HTTP/1.1\nA: b\0c\n", "message 2: the header A holds a line break or NUL"],
  ])("%j%j", (before, text, problem) => {
    expect(() => read(before + text)).toThrow(`cannot import ${problem}`);
  });
});

test("anything is either read or refused", () => {
  const piece = fc.constantFrom(
    "GET / HTTP/1.1",
    "\r\n",
    "\n",
    "A: b",
    "Content-Length: 3",
    "Transfer-Encoding: chunked",
    "3",
    "0",
    "abc",
    " ",
    "\0",
  );
  fc.assert(
    fc.property(fc.array(piece), (parts) => {
      try {
        expect(read(parts.join("")).length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(HookcliError);
      }
    }),
  );
});

describe("the lines of a head", () => {
  test("a line comes with its end", () => {
    expect([lineAt("a\r\nb", 0), lineAt("a\r\nb", 3), lineAt("", 0)]).toEqual(["a\r\n", "b", ""]);
  });

  test.each([
    ["A: b\r\nC:\td \r\n\r\nrest", ["A", "b", "C", "d"], "rest"],
    ["A:\n\nrest", ["A", ""], "rest"],
    ["A: b:c", ["A", "b:c"], ""],
    ["", [], ""],
  ])("%j", (text, fields, rest) => {
    const read = readFields(text, 0, "message 1");
    expect([read.fields, text.slice(read.end)]).toEqual([fields, rest]);
  });

  test.each(["A\n", " A: b\n", "A : b\n", ": b\n"])("%j is no header", (text) => {
    expect(() => readFields(text, 0, "message 1")).toThrow("is no header");
  });

  test("a long run of blanks in a value takes no time", () => {
    const value = `a${" ".repeat(1_000_000)}b`;
    expect(readFields(`A: ${value} \r\n`, 0, "message 1").fields).toEqual(["A", value]);
  });
});

describe("chunks", () => {
  const read = (text: string) => {
    const { body, trailers, end, isWhole } = readChunked(Buffer.from(text, "latin1"), text, 0, "message 1");
    return [Buffer.from(body).toString("latin1"), trailers, text.slice(end), isWhole];
  };

  test.each([
    ["0\r\n\r\nrest", ["", [], "rest", true]],
    ['A;ext="1"\r\n0123\r\n6789\r\n0\r\nX: y\r\n\r\nrest', ["0123\r\n6789", ["X", "y"], "rest", true]],
    ["2 \nok\n0\n\n", ["ok", [], "", true]],
    ["5\r\nok", ["ok", [], "", false]],
    ["2\r\nok\r\n", ["ok", [], "", false]],
    ["2\r\nok", ["ok", [], "", false]],
    ["0\r\n", ["", [], "", false]],
    ["", ["", [], "", false]],
  ])("%j", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each([
    ["-1\r\n", '"-1" stands where a chunk\'s size belongs'],
    ["0x1\r\n", '"0x1" stands where'],
    ["fffffffffffff\r\n", '"fffffffffffff" stands where'],
    ["1\r\nok\r\n", "a chunk is longer than its size says"],
  ])("%j is refused", (text, problem) => {
    expect(() => read(text)).toThrow(`cannot import message 1: ${problem}`);
  });
});
