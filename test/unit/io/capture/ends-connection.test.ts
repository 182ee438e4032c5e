import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { endsConnection } from "../../../../src/io/capture/ends-connection.ts";

describe("nothing is read behind a request", () => {
  test.each([
    ["that asks for another protocol", "1.1", { upgrade: "h2c", connection: "upgrade" }],
    ["that does so without naming it in Connection", "1.1", { upgrade: "TLS/1.2" }],
    ["that asks for nothing by name", "1.1", { upgrade: "" }],
    ["of HTTP/1.0 that says both keep-alive and close", "1.0", { connection: "keep-alive, Close" }],
  ])("%s", (_what, httpVersion, headers) => {
    expect(endsConnection(requestWith(httpVersion, headers))).toBe(true);
  });
});

describe("it is left to the parser behind a request", () => {
  test.each([
    ["that has nothing of this", "1.1", {}],
    ["that says the word in Connection alone", "1.1", { connection: "upgrade" }],
    ["that says close in HTTP/1.1", "1.1", { connection: "close" }],
    ["of HTTP/1.0 that says keep-alive", "1.0", { connection: "keep-alive, x-close" }],
    ["of HTTP/1.0 that says nothing", "1.0", {}],
  ])("%s", (_what, httpVersion, headers) => {
    expect(endsConnection(requestWith(httpVersion, headers))).toBe(false);
  });
});

function requestWith(httpVersion: string, headers: IncomingMessage["headers"]): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { httpVersion, headers });
}
