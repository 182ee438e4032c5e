import { expect, test } from "vitest";
import { detectFormat } from "../../../../src/core/formats/detect-format.ts";
import { exportFormats, importFormats } from "../../../../src/core/formats/index.ts";
import { exportedRequest, written } from "../../../helpers/exported.ts";

test.each([
  ['{"log":{"entries":[]}}', "har"],
  ['{\n  "log": {', "har"],
  ['\n{"method":"POST","target":"/"}\n', "ndjson"],
  ['{"method":"POST"}', "ndjson"],
  ["{ broken", "har"],
  ["POST /hooks HTTP/1.1\r\nHost: a", "http"],
  ["\ufeffGET / HTTP/1.0", "http"],
  ["curl http://a", "curl"],
  ["# first\n$ curl http://a", "curl"],
  ["printf '\\000' | curl --data-binary @- http://a", "curl"],
  [`printf '${"x".repeat(100_000)}' | curl a`, "curl"],
  ["#!/bin/sh\n  curl\t-s a", "curl"],
  ["", undefined],
  ["hello curly", undefined],
  ["POST /hooks", undefined],
])("file %# is told to be what it is", (text, format) => {
  expect(detectFormat(Buffer.from(text))).toBe(format);
});

test.each(importFormats)("what is exported as $name is known again, and read", ({ name, parse }) => {
  const format = exportFormats.find((each) => each.name === name);
  const document = format ? written(format, exportedRequest(), exportedRequest({ body: Buffer.from([0, 255]) })) : "";
  expect(detectFormat(Buffer.from(document))).toBe(name);
  expect(parse(Buffer.from(document)).map(({ body }) => Buffer.from(body).toString("latin1"))).toEqual([
    '{"hi":1}',
    "\0\u00ff",
  ]);
});
