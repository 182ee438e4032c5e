import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { judgeRequest } from "../../../../src/io/capture/judge-request.ts";

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
