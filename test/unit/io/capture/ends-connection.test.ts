import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { endsConnection } from "../../../../src/io/capture/ends-connection.ts";

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
