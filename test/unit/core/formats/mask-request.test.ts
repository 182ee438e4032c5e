import { describe, expect, test } from "vitest";
import { maskRequest } from "../../../../src/core/formats/mask-request.ts";
import { exportFormats } from "../../../../src/core/formats/index.ts";
import { MASK } from "../../../../src/core/model/redact.ts";
import { exportedRequest, written } from "../../../helpers/exported.ts";

const SECRET = "hunter2hunter2";
const secretJson = JSON.stringify({ password: SECRET, n: 1 });
const full = exportedRequest({
  target: `/?token=${SECRET}`,
  headers: ["Authorization", `Bearer ${SECRET}`, "Content-Length", String(secretJson.length)],
  trailers: ["X-Api-Key", SECRET],
  body: Buffer.from(secretJson),
  exchange: {
    durationMs: 1,
    response: {
      status: 200,
      statusText: "",
      headers: ["Set-Cookie", SECRET],
      body: Buffer.from(secretJson),
      bodySizeBytes: secretJson.length,
    },
  },
});

describe.each(exportFormats)("as $name", (format) => {
  test("a masked request holds no secret anywhere, and still has all the rest", () => {
    const text = written(format, maskRequest(full)).toString();
    expect(text).not.toContain(SECRET);
    expect(text).toMatch(/•|\\u00e2|â/);
    expect(written(format, full).toString()).toContain(SECRET);
  });
});

test("a length that was right stays right, and one that was wrong is left alone", () => {
  const masked = maskRequest(full);
  expect(Buffer.from(masked.body).toString()).toBe(`{"password":"${MASK}","n":1}`);
  expect(masked.headers).toEqual(["Authorization", MASK, "Content-Length", String(masked.body.length)]);
  expect(maskRequest({ ...full, headers: ["Content-Length", "5"] }).headers).toEqual(["Content-Length", "5"]);
});

test("text in a body that is no UTF-8 is masked, and all other bytes stay", () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0, 0xc3, 0xa9]), Buffer.from("&token=abc&x")]);
  const masked = maskRequest(exportedRequest({ body: bytes })).body;
  expect(Buffer.from(masked)).toEqual(
    Buffer.concat([Buffer.from([0xff, 0, 0xc3, 0xa9]), Buffer.from(`&token=${MASK}&x`)]),
  );
});

test("a request without secrets is not changed", () => {
  const request = exportedRequest({ exchange: { failure: "refused" } });
  expect(maskRequest(request)).toEqual(request);
  expect(maskRequest(request).body).toBe(request.body);
});
