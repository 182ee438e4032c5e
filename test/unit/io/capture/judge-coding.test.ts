import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { judgeCoding } from "../../../../src/io/capture/judge-coding.ts";

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
