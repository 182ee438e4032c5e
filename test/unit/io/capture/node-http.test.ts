import * as http from "node:http";
import { expect, test } from "vitest";
import { createServer, STATUS_CODES } from "../../../../src/io/capture/node-http.ts";

test("it is Node's own server and its own list of phrases", () => {
  expect([createServer, STATUS_CODES]).toEqual([http.createServer, http.STATUS_CODES]);
  expect(STATUS_CODES[431]).toBe("Request Header Fields Too Large");
});
