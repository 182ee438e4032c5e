import { describe, expect, test } from "vitest";
import { parseHar } from "../../../../src/core/formats/parse-har.ts";

const request = { method: "POST", url: "https://shop.example/a?b#c", httpVersion: "HTTP/1.1", headers: [] };
const read = (entry: object) => parseHar(Buffer.from(JSON.stringify({ log: { entries: [entry] } })))[0];

test("an entry of another tool needs no more than its request", () => {
  expect(read({ request })).toEqual({
    method: "POST",
    target: "/a?b",
    httpVersion: "1.1",
    headers: [],
    trailers: [],
    body: new Uint8Array(0),
    completeness: "complete",
  });
});

test("of HTTP/2 the pseudo headers go, and Host comes", () => {
  const headers = [
    { name: ":authority", value: "shop.example" },
    { name: "x-a", value: "é→" },
  ];
  expect(read({ request: { ...request, httpVersion: "h2", headers } })).toMatchObject({
    httpVersion: "1.1",
    headers: ["host", "shop.example", "x-a", "\u00c3\u00a9\u00e2\u0086\u0092"],
  });
});

describe("a body is read", () => {
  test.each([
    ["as UTF-8", { text: "é" }, [0xc3, 0xa9]],
    ["as base64 by our mark", { text: "/w==", _encoding: "base64" }, [0xff]],
    ["as base64 by the mark of others", { text: "/w==", encoding: "base64" }, [0xff]],
    [
      "from the fields of a form",
      {
        mimeType: "application/x-www-form-urlencoded; charset=x",
        params: [{ name: "a", value: "b c" }, { name: "d" }],
      },
      [...Buffer.from("a=b+c&d=")],
    ],
    ["as empty without any of these", { mimeType: "", text: "", params: [] }, []],
  ])("%s", (_, postData, bytes) => {
    expect(read({ request: { ...request, postData } })?.body).toEqual(new Uint8Array(bytes));
  });
});

describe("what is wrong is named with its entry:", () => {
  test.each([
    [{}, "request is not an object"],
    [{ request: { ...request, method: 1 } }, "request.method is not text"],
    [{ request: { ...request, method: "A B" } }, '"A B" is no HTTP method'],
    [{ request: { ...request, url: "/a" } }, "request.url is no full URL"],
    [{ request: { ...request, headers: {} } }, "request.headers is not a list"],
    [{ request: { ...request, headers: [{ name: "a" }] } }, "request.headers.value is not text"],
    [{ request: { ...request, headers: [{ name: "a", value: "b\r\nc" }] } }, "the header a holds a line break"],
    [{ request: { ...request, postData: { text: "?", encoding: "base64" } } }, "postData.text is not base64"],
    [
      { request: { ...request, postData: { mimeType: "multipart/form-data", params: [{ name: "a" }] } } },
      "its body is given as parts",
    ],
    [{ request, startedDateTime: "soon" }, "startedDateTime is not a time"],
  ])("%j", (entry, problem) => {
    expect(() => read(entry)).toThrow(`cannot import entry 1: ${problem}`);
  });

  test.each([
    ["{", "it is not JSON"],
    ["[]", "it is not an object"],
    ["{}", "log is not an object"],
    ['{"log":{}}', "log.entries is not a list"],
    ["\u00ff", "it is not UTF-8"],
  ])("the file %j", (text, problem) => {
    expect(() => parseHar(Buffer.from(text, "latin1"))).toThrow(`cannot import the file: ${problem}`);
  });
});

test("a byte order mark is passed over", () => {
  expect(parseHar(Buffer.from('\ufeff{"log":{"entries":[]}}'))).toEqual([]);
});
