import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { endsConnection, judgeCoding, judgeHead, judgeLine, judgeRequest } from "../../../../src/io/capture/judge.ts";

describe("a request", () => {
  const LIMIT = 64 * 1024;

  test("a request is judged by its line, and then by its headers", () => {
    const twoHosts = requestWith(["Host", "a", "Host", "b"]);
    expect(judgeRequest(twoHosts, { line: "GET  /a HTTP/1.1", text: " ".repeat(40) }, LIMIT)?.refusal.code).toBe(
      "malformed",
    );
    expect(judgeRequest(twoHosts, { line: "GET /a HTTP/1.1", text: " ".repeat(40) }, LIMIT)?.refusal.code).toBe(
      "two-hosts",
    );
    expect(judgeRequest(twoHosts, undefined, LIMIT)?.refusal.code).toBe("head-too-large");
  });

  test("where nobody saw how its line stood, the parser is believed", () => {
    expect(judgeRequest(requestWith(["Host", "a"]), "unseen", LIMIT)).toBeUndefined();
    expect(judgeRequest(requestWith([]), "unseen", LIMIT)?.refusal.code).toBe("no-host");
  });

  function requestWith(headers: string[]): IncomingMessage {
    const request = new IncomingMessage(new Socket());
    return Object.assign(request, { method: "GET", url: "/a", httpVersion: "1.1", rawHeaders: headers });
  }
});

describe("a request line", () => {
  const PARSED = { method: "GET", target: "/a", httpVersion: "1.1" };
  const LIMIT = 64 * 1024;
  const judged = (line: string, parsed: Partial<typeof PARSED> = {}) =>
    judgeLine({ line, text: " ".repeat(line.length + 4) }, { ...PARSED, ...parsed }, LIMIT);

  test("a line that its parts make, one space between them, is let through", () => {
    expect(judged("GET /a HTTP/1.1")).toBeUndefined();
    expect(judged("GET /a HTTP/1.0", { httpVersion: "1.0" })).toBeUndefined();
    expect(judged("OPTIONS * HTTP/1.1", { method: "OPTIONS", target: "*" })).toBeUndefined();
  });

  test("HTTP/0.9 is left to what judges versions", () => {
    expect(judged("GET /a", { httpVersion: "0.9" })).toBeUndefined();
    expect(judged("GET  /a", { httpVersion: "0.9" })).toBeUndefined();
  });

  describe("a line is refused", () => {
    test.each([
      ["GET  /a HTTP/1.1"],
      ["GET /a  HTTP/1.1"],
      ["GET\t/a HTTP/1.1"],
      ["GET /a HTTP/1.1 "],
      [" GET /a HTTP/1.1"],
      ["\nGET /a HTTP/1.1"],
      ["\rGET /a HTTP/1.1"],
      ["get /a HTTP/1.1"],
    ])("for its spaces, or for what stands before it: %j", (line) => {
      expect(judged(line)).toMatchObject({ malformed: true, refusal: { status: 400, code: "malformed" } });
    });

    test.each([
      ["DESCRIBE /a RTSP/1.0", { method: "DESCRIBE", httpVersion: "1.0" }, "RTSP"],
      ["GET /a RTSP/1.1", {}, "RTSP"],
      ["GET  /a  RTSP/1.1", {}, "RTSP"],
      ["SOURCE /a ICE/1.0", { method: "SOURCE", httpVersion: "1.0" }, "ICE"],
      ["GET /HTTP/1.1 RTSP/1.1", { target: "/HTTP/1.1" }, "RTSP"],
    ])("for a protocol that is not HTTP: %j", (line, parsed, protocol) => {
      expect(judged(line, parsed)).toMatchObject({
        malformed: true,
        refusal: { status: 505, code: "protocol", reason: `${protocol} is not spoken here; use HTTP/1.1` },
      });
    });

    test("with a head that is larger than the limit, or that nobody could keep", () => {
      const tooLarge = { malformed: true, refusal: { status: 431, code: "head-too-large" } };
      expect(judgeLine({ line: "GET /a HTTP/1.1", text: " ".repeat(LIMIT) }, PARSED, LIMIT)).toBeUndefined();
      expect(judgeLine({ line: "GET /a HTTP/1.1", text: " ".repeat(LIMIT + 1) }, PARSED, LIMIT)).toMatchObject(
        tooLarge,
      );
      expect(judgeLine(undefined, PARSED, LIMIT)).toMatchObject(tooLarge);
    });
  });
});

describe("the headers", () => {
  const host = ["Host", "a.test"];

  describe("a head that nothing is wrong with", () => {
    test.each([
      ["a plain one", "POST", "1.1", host],
      ["chunks", "POST", "1.1", [...host, "Transfer-Encoding", " Chunked "]],
      ["HTTP/1.0 without Host", "GET", "1.0", []],
      ["an upgrade to something else", "GET", "1.1", [...host, "Upgrade", "h2c"]],
      ["a header called __proto__", "GET", "1.1", [...host, "__proto__", "1"]],
      [
        "names as long as those that count",
        "GET",
        "1.1",
        [...host, "hoss", "1", "upgrado", "1", "transfer-encodinx", "1"],
      ],
    ])("%s", (_what, method, httpVersion, headers) => {
      expect(judgeHead({ method, httpVersion, headers })).toBeUndefined();
    });
  });

  describe("a head that is refused", () => {
    test.each([
      ["HTTP/0.9", "GET", "0.9", [], 400, "http-0.9", true],
      ["HTTP/2.0 in HTTP/1 form", "GET", "2.0", host, 505, "http-version", true],
      [
        "so many headers that Node may have dropped some",
        "GET",
        "1.1",
        Array(6000).fill("a"),
        431,
        "head-too-large",
        true,
      ],
      ["no Host", "GET", "1.1", [], 400, "no-host", true],
      ["two Hosts", "GET", "1.1", [...host, "HOST", "a.test"], 400, "two-hosts", true],
      ["two Hosts in HTTP/1.0", "GET", "1.0", [...host, ...host], 400, "two-hosts", true],
      ["chunks in HTTP/1.0", "POST", "1.0", ["transfer-encoding", "chunked"], 400, "http-1.0-chunked", true],
      [
        "an encoding beside chunks",
        "POST",
        "1.1",
        [...host, "Transfer-Encoding", "gzip, chunked"],
        501,
        "transfer-encoding",
        true,
      ],
      [
        "the same in two headers",
        "POST",
        "1.1",
        [...host, "Transfer-Encoding", "gzip", "transfer-encoding", "chunked"],
        501,
        "transfer-encoding",
        true,
      ],
      ["TRACE", "TRACE", "1.1", host, 405, "method", false],
      ["CONNECT", "CONNECT", "1.1", host, 405, "method", false],
      ["a WebSocket", "GET", "1.1", [...host, "Upgrade", "h2c, WebSocket"], 426, "websocket", false],
    ])("%s", (_what, method, httpVersion, headers, status, code, malformed) => {
      expect(judgeHead({ method, httpVersion, headers })).toMatchObject({ malformed, refusal: { status, code } });
    });
  });
});

describe("a coding", () => {
  const CHUNKED = { "transfer-encoding": "chunked" };
  const UPGRADE = { upgrade: "h2c" };

  describe("a transfer coding", () => {
    test.each([
      ["chunked", {}, "Transfer-Encoding: chunked\t", undefined],
      ["chunked, beside an upgrade", UPGRADE, "transfer-encoding: \t Chunked  ", undefined],
      ["that hides a tab, beside an upgrade", UPGRADE, "Transfer-Encoding: chunked\t", 400],
      ["that is something else, beside an upgrade", UPGRADE, "Transfer-Encoding: chunkedx", 400],
    ])("%s", (_what, headers, line, status) => {
      const request = Object.assign(new IncomingMessage(new Socket()), { headers: { ...CHUNKED, ...headers } });
      const text = `POST / HTTP/1.1\r\n${line}\r\nHost: a\r\n\r\n`;
      expect(judgeCoding(request, { line: "POST / HTTP/1.1", text })?.refusal.status).toBe(status);
    });

    test("that is not there is none that could be wrong", () => {
      const request = Object.assign(new IncomingMessage(new Socket()), { headers: UPGRADE });
      expect(judgeCoding(request, { line: "GET / HTTP/1.1", text: " ".repeat(0) })).toBeUndefined();
    });
  });
});

describe("nothing is read behind a request", () => {
  test.each([
    ["that asks for another protocol", { upgrade: "h2c", connection: "upgrade" }],
    ["that does so without naming it in Connection", { upgrade: "TLS/1.2" }],
    ["that asks for nothing by name", { upgrade: "" }],
    ["whose close the parser has overlooked", { connection: "keep-alive, \tClose\t" }],
  ])("%s", (_what, headers) => {
    expect(ends(headers, true)).toBe(true);
  });
});

describe("it is left to the parser behind a request", () => {
  test.each([
    ["that has nothing of this", {}, true],
    ["that says the word in Connection alone", { connection: "upgrade, x-close" }, true],
    ["whose close the parser has seen", { connection: "close" }, false],
  ])("%s", (_what, headers, shouldKeepAlive) => {
    expect(ends(headers, shouldKeepAlive)).toBe(false);
  });
});

function ends(headers: IncomingMessage["headers"], shouldKeepAlive: boolean): boolean {
  const request = Object.assign(new IncomingMessage(new Socket()), { headers });
  return endsConnection(request, Object.assign(new ServerResponse(request), { shouldKeepAlive }));
}
