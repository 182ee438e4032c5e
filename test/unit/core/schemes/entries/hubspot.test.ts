import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { headerValue } from "../../../../../src/core/model/headers.ts";
import { hubspot } from "../../../../../src/core/schemes/entries/hubspot.ts";
import { SAMPLE_TIME_MS } from "../../../../helpers/samples.ts";
import { judgementOf, signedMessage } from "../../../../helpers/signing.ts";

const key = { scheme: hubspot, secret: "s", url: "https://a.example/x" };
const v1 = createHash("sha256").update("s{}").digest("hex");

test("version 3 is signed, and what older versions said goes", async () => {
  const headers = ["X-HubSpot-Signature", v1, "X-HubSpot-Signature-Version", "v1", "Accept", "*/*"];
  const signed = await signedMessage({ ...key, headers, body: "{}" });
  expect(headerValue(signed.headers, "x-hubspot-signature")).toBeUndefined();
  expect(headerValue(signed.headers, "x-hubspot-signature-version")).toBeUndefined();
  expect(headerValue(signed.headers, "accept")).toBe("*/*");
  expect((await judgementOf(signed, key)).verdict).toMatchObject({ kind: "verified", signedAtMs: SAMPLE_TIME_MS });
});

test("an older version has no age, and version 1 is meant where none is named", async () => {
  const message = { ...(await signedMessage({ ...key, body: "{}" })), headers: ["X-HubSpot-Signature", v1] };
  const judgement = await judgementOf(message, key, SAMPLE_TIME_MS * 2);
  expect(judgement.verdict).toEqual({ kind: "verified", signedAtMs: undefined, secretName: "--secret" });
});

test("where version 3 is there, an older one that holds does not stand in for it", async () => {
  const signed = await signedMessage({ ...key, body: "{}" });
  const both = { ...signed, headers: [...signed.headers, "X-HubSpot-Signature", v1] };
  expect((await judgementOf(both, key)).verdict.kind).toBe("verified");
  expect((await judgementOf(both, { ...key, url: "https://b.example/x" })).verdict.kind).toBe("mismatch");
  expect((await judgementOf(both, key, SAMPLE_TIME_MS + 301_000)).verdict.kind).toBe("stale");
});

test("a version that is neither cannot be read", async () => {
  const headers = ["X-HubSpot-Signature", v1, "X-HubSpot-Signature-Version", "v9"];
  const message = { ...(await signedMessage({ ...key, body: "{}" })), headers };
  expect((await judgementOf(message, key)).verdict.kind).toBe("malformed-header");
});

test("an address holds as it came and with its escapes undone", async () => {
  const signed = await signedMessage({ ...key, url: "https://a.example/x?at=12:30/1&q=%20", body: "{}" });
  const seen = { ...key, url: "https://a.example/x?at=12%3A30%2f1&q=%20" };
  expect((await judgementOf(signed, seen)).verdict.kind).toBe("verified");
  expect((await judgementOf(signed, { ...key, url: "https://a.example/x?at=12:30/1&q= " })).verdict.kind).toBe(
    "mismatch",
  );
});
