import { expect, test } from "vitest";
import { bytesBody } from "../../../../src/core/model/body.ts";
import { credentialsOf, messagesOf } from "../../../../src/core/model/request-credentials.ts";
import { sampleDelivery, textBody } from "../../../helpers/samples.ts";

test("a request's credentials are what headers, cookies and fields call so, without what stands around them", () => {
  const basic = Buffer.from("user:canary-basic").toString("base64");
  const headers = [
    "Authorization", "Bearer canary-bearer",
    "Proxy-Authorization", `Basic ${basic}`,
    "Cookie", "a=canary-cookie-a; b=canary-cookie-b",
    "Set-Cookie", "id=canary-set-cookie; Path=/a-long-path; HttpOnly",
    "X-Api-Key", "canary-api-key",
    "X-Other", "not-a-credential",
  ]; // prettier-ignore
  const body = textBody('{"password":"canary-\\"json","other":"not-a-credential"}');
  const found = credentialsOf({ target: "/a?token=canary%20query&x=not-a-credential", headers, body });
  for (const value of ["canary-bearer", "canary-basic", "canary-cookie-a", "canary-cookie-b", "canary-set-cookie"])
    expect(found).toContain(value);
  for (const value of ["canary-api-key", 'canary-"json', "canary query", "canary%20query"])
    expect(found).toContain(value);
  for (const value of ["not-a-credential", "/a-long-path", "HttpOnly"]) expect(found).not.toContain(value);
});

test("short values are no credentials of their own, and nobody makes the list long", () => {
  expect(credentialsOf({ headers: ["Cookie", "a=1; b=short"], body: textBody("token=1234567") })).toEqual([
    "a=1; b=short",
  ]);
  const many = Array.from({ length: 1000 }, (_, at) => `token=canary-${at}`).join("&");
  expect(credentialsOf({ headers: [], body: textBody(many) })).toHaveLength(24);
  expect(credentialsOf({ headers: [], body: textBody(`token=${"x".repeat(5000)}`) })).toEqual([]);
  const large = bytesBody(Buffer.from(`token=canary-1&${"x".repeat(1024 * 1024)}`));
  expect(credentialsOf({ headers: [], body: large })).toEqual([]);
});

test("of deliveries it is what the newest attempt sent and got", () => {
  expect(messagesOf([sampleDelivery()]).every(({ headers }) => Array.isArray(headers))).toBe(true);
  expect(messagesOf([sampleDelivery({ attempts: [] })])).toEqual([{ headers: [] }]);
});
