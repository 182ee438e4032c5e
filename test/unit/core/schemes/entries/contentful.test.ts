import { describe, expect, test } from "vitest";
import { headerValue } from "../../../../../src/core/model/headers.ts";
import { contentful } from "../../../../../src/core/schemes/entries/contentful.ts";
import { SAMPLE_TIME_MS } from "../../../../helpers/samples.ts";
import { judgementOf, signedMessage } from "../../../../helpers/signing.ts";

const key = { scheme: contentful, secret: "0123456789abcdef".repeat(4), url: "https://a.example/hook?a=1" };
const headers = ["Content-Type", "application/json", "X-Contentful-Topic", "Entry.publish", "Accept", "*/*"];

describe("Contentful's own headers", () => {
  test("are signed with the content type, and named in one of them", async () => {
    const signed = await signedMessage({ ...key, headers, body: "{}" });
    expect(headerValue(signed.headers, "x-contentful-signed-headers")).toBe(
      "content-type,x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic",
    );
    expect((await judgementOf(signed, key)).verdict).toMatchObject({ kind: "verified", signedAtMs: SAMPLE_TIME_MS });
  });

  test("may not be changed, and others may", async () => {
    const signed = await signedMessage({ ...key, headers, body: "{}" });
    const replaced = (old: string, value: string): Promise<string> =>
      judgementOf({ ...signed, headers: signed.headers.map((text) => (text === old ? value : text)) }, key).then(
        ({ verdict }) => verdict.kind,
      );
    expect(await replaced("Entry.publish", "Entry.delete")).toBe("mismatch");
    expect(await replaced("*/*", "text/html")).toBe("verified");
    expect(await replaced("Entry.publish", " Entry.publish ")).toBe("verified");
  });

  test("stay the ones that are named when it is signed again", async () => {
    const named = [
      ...headers,
      "x-contentful-signed-headers",
      "accept,x-contentful-signed-headers,x-contentful-timestamp",
    ];
    const signed = await signedMessage({ ...key, headers: named, body: "{}" });
    expect(headerValue(signed.headers, "x-contentful-signed-headers")).toBe(named.at(-1));
    expect((await judgementOf(signed, key)).verdict.kind).toBe("verified");
  });
});

test("it is stale after thirty seconds", async () => {
  const signed = await signedMessage({ ...key, headers, body: "{}" });
  expect((await judgementOf(signed, key, SAMPLE_TIME_MS + 30_000)).verdict.kind).toBe("verified");
  expect((await judgementOf(signed, key, SAMPLE_TIME_MS + 30_001)).verdict.kind).toBe("stale");
});

test("a signature without the list of what is signed lacks that header", async () => {
  const signed = await signedMessage({ ...key, headers, body: "{}" });
  const without = signed.headers.flatMap((text, index, all) =>
    index % 2 === 0 && text !== "x-contentful-signed-headers" ? [text, all[index + 1] ?? ""] : [],
  );
  const judgement = await judgementOf({ ...signed, headers: without }, key);
  expect(judgement.verdict.kind).toBe("missing-header");
  expect(judgement.presented).toMatchObject({ missing: "x-contentful-signed-headers" });
});
