import { expect, test } from "vitest";
import { httpUrl } from "../../../../../src/core/schemes/handshakes/http-url.ts";

test.each(["https://sns.us-east-1.amazonaws.com/?a=b&c=d", "http://localhost:3000", "HTTPS://a.example/x"])(
  "%s is an address as it was written",
  (text) => {
    expect(httpUrl(text)).toBe(text);
  },
);

test.each([
  "javascript:alert(1)",
  "file:///etc/passwd",
  "//a.example",
  "https://",
  "https:// a",
  "https://a\nb",
  "",
  1,
  undefined,
])("%j is none", (value) => {
  expect(httpUrl(value)).toBeUndefined();
});
