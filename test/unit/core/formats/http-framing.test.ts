import { expect, test } from "vitest";
import { framingOf } from "../../../../src/core/formats/http-framing.ts";

test.each([
  [["Transfer-Encoding", "gzip, Chunked "], { kind: "chunked" }],
  [["transfer-encoding", "gzip", "Transfer-Encoding", "chunked", "Content-Length", "3"], { kind: "chunked" }],
  [["Transfer-Encoding", "chunked, gzip"], { kind: "none" }],
  [["content-length", "3", "Content-Length", "4"], { kind: "length", values: ["3", "4"] }],
  [[], { kind: "none" }],
])("%j is framed as %j", (headers, framing) => {
  expect(framingOf(headers)).toEqual(framing);
});
