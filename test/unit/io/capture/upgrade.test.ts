import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { asksToUpgrade } from "../../../../src/io/capture/upgrade.ts";

test.each([
  ["a protocol", { upgrade: "h2c", connection: "upgrade" }, true],
  ["one that Connection does not name", { upgrade: "TLS/1.2" }, true],
  ["an empty one", { upgrade: "" }, true],
  ["nothing but the word in Connection", { connection: "upgrade" }, false],
  ["nothing", {}, false],
])("an upgrade header with %s", (_what, headers, asks) => {
  const request = new IncomingMessage(new Socket());
  request.headers = headers;
  expect(asksToUpgrade(request)).toBe(asks);
});
