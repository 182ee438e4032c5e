import { expect, test } from "vitest";
import { headerFields } from "../../../../../src/core/model/headers.ts";
import { shopify } from "../../../../../src/core/schemes/entries/shopify.ts";
import { judgementOf, signedMessage } from "../../../../helpers/signing.ts";

const key = { scheme: shopify, secret: "hush", url: "https://a.example/" };
// printf '{}' | openssl dgst -sha256 -hmac hush -binary | base64
const SIGNATURE = "UFwgrGBPZilFtmKh8TqcovA78LGYb1BdWu9I4Q2oyRg=";

test.each([
  [[], "X-Shopify-Hmac-Sha256"],
  [["X-Shopify-Hmac-Sha256", "old"], "X-Shopify-Hmac-Sha256"],
  [["shopify-hmac-sha256", "old"], "shopify-hmac-sha256"],
  [["X-Shopify-Hmac-Sha256", "old", "Shopify-Hmac-Sha256", "old"], "Shopify-Hmac-Sha256"],
])("what carries %j is signed in %s alone", async (headers, name) => {
  const signed = await signedMessage({ ...key, headers, body: "{}" });
  expect([...headerFields(signed.headers)]).toEqual([[name, SIGNATURE]]);
  expect((await judgementOf(signed, key)).verdict.kind).toBe("verified");
  expect((await judgementOf(signed, { ...key, secret: "other" })).verdict.kind).toBe("mismatch");
});
