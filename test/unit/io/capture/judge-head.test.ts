import { describe, expect, test } from "vitest";
import { judgeHead } from "../../../../src/io/capture/judge-head.ts";

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
