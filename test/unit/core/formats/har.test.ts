import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { har } from "../../../../src/core/formats/har.ts";
import { maskRequest } from "../../../../src/core/formats/mask-request.ts";
import { parseHar } from "../../../../src/core/formats/parse-har.ts";
import { anyExported, exportedRequest, written } from "../../../helpers/exported.ts";

interface Har {
  readonly log: { readonly version: string; readonly creator: object; readonly entries: readonly object[] };
}

const parsed = (...requests: Parameters<typeof exportedRequest>[0][]): Har =>
  JSON.parse(written(har, ...requests.map((changes) => exportedRequest(changes))).toString()) as Har;

test("a request and its response are written with every field that HAR 1.2 asks for", () => {
  const { log } = parsed({
    target: "/hooks?a=b%20c",
    exchange: {
      durationMs: 23,
      response: {
        status: 302,
        statusText: "Found",
        headers: ["Location", "/x", "Content-Type", "text/plain"],
        body: Buffer.from("moved"),
        bodySizeBytes: 5,
      },
    },
  });
  expect(log.version).toBe("1.2");
  expect(log.creator).toEqual({ name: "hookcli", version: "1.2.3" });
  expect(log.entries).toEqual([
    {
      startedDateTime: "2026-03-04T05:06:07.089Z",
      time: 24.5,
      request: {
        method: "POST",
        url: "http://localhost:8000/hooks?a=b%20c",
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: [
          { name: "Host", value: "localhost:4400" },
          { name: "Content-Type", value: "application/json" },
        ],
        queryString: [{ name: "a", value: "b c" }],
        postData: { mimeType: "application/json", text: '{"hi":1}' },
        headersSize: -1,
        bodySize: 8,
      },
      response: {
        status: 302,
        statusText: "Found",
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: [
          { name: "Location", value: "/x" },
          { name: "Content-Type", value: "text/plain" },
        ],
        content: { size: 5, mimeType: "text/plain", text: "moved" },
        redirectURL: "/x",
        headersSize: -1,
        bodySize: 5,
      },
      cache: {},
      timings: { send: 1.5, wait: 23, receive: 0 },
      _hookcli: {
        id: 42,
        target: "/hooks?a=b%20c",
        httpVersion: "1.1",
        remoteAddress: "127.0.0.1:51234",
        completeness: "complete",
        trailers: [],
      },
    },
  ]);
});

describe("an entry", () => {
  test("without a response has status 0 and says why", () => {
    expect(parsed({ exchange: { failure: "refused" } }).log.entries[0]).toMatchObject({
      response: { status: 0, _error: "refused", bodySize: -1, content: { size: 0, mimeType: "x-unknown", text: "" } },
    });
  });

  test("with bytes that are no text has them as base64, both ways", () => {
    const bytes = Buffer.from([0, 255]);
    const response = { status: 200, statusText: "", headers: [], body: bytes, bodySizeBytes: 9 };
    expect(parsed({ body: bytes, headers: [], exchange: { response } }).log.entries[0]).toMatchObject({
      request: { postData: { mimeType: "application/octet-stream", text: "AP8=", _encoding: "base64" } },
      response: { content: { size: 9, text: "AP8=", encoding: "base64" } },
    });
  });

  test("has a URL that is one, whatever came", () => {
    const entry = parsed({ target: "/\u00ff\u00e9?\u00ff#x" }).log.entries[0];
    expect(entry).toMatchObject({ request: { url: "http://localhost:8000/%ff%e9?%ff#x" } });
  });

  test("that is masked shows readable masks", () => {
    const request = maskRequest(exportedRequest({ headers: ["Authorization", "Bearer x"] }));
    expect(written(har, request).toString()).toContain('{"name":"Authorization","value":"••••"}');
  });
});

test("no entry at all is a document, too", () => {
  expect(parsed().log.entries).toEqual([]);
});

test("what was no HTTP cannot be written", () => {
  expect(har.obstacle(exportedRequest({ completeness: "malformed" }))).toBe("it was not valid HTTP");
});

test("requests are read again as they were", () => {
  fc.assert(
    fc.property(fc.array(anyExported, { maxLength: 4 }), (requests) => {
      const read = parseHar(written(har, ...requests));
      expect(read).toEqual(
        requests.map((request) => ({
          method: request.method,
          target: request.target,
          httpVersion: request.httpVersion,
          headers: [...request.headers],
          trailers: [],
          body: new Uint8Array(request.body),
          completeness: request.completeness,
          receivedAtMs: request.receivedAtMs,
          receiveDurationMs: request.receiveDurationMs,
          remoteAddress: request.remoteAddress,
        })),
      );
    }),
  );
});
