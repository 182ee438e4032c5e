import { describe, expect, test } from "vitest";
import { judgeLine } from "../../../../src/io/capture/judge-line.ts";

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
    expect(judgeLine({ line: "GET /a HTTP/1.1", text: " ".repeat(LIMIT + 1) }, PARSED, LIMIT)).toMatchObject(tooLarge);
    expect(judgeLine(undefined, PARSED, LIMIT)).toMatchObject(tooLarge);
  });
});
