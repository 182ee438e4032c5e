import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { readDigest, spellingOf } from "../../../../../src/core/schemes/explain/digest-spelling.ts";

/** Its base64 holds both characters that base64url replaces. */
const digest = createHash("sha256").update("hookcli 27").digest();
const hex = digest.toString("hex");

test.each([
  [hex, "hex"],
  [hex.toUpperCase(), "hex in upper case"],
  [digest.toString("base64"), "base64"],
  [digest.toString("base64").replace("=", ""), "base64 without padding"],
  [digest.toString("base64url"), "base64url"],
  [`${digest.toString("base64url")}=`, "base64url with padding"],
  [Buffer.from(hex).toString("base64"), "base64 of the hex digits"],
])("%s is %s", (text, spelling) => {
  expect(spellingOf(text)).toBe(spelling);
  expect(readDigest(text)).toEqual(digest);
});

test.each(["", "sha256", "abc123", hex.slice(2), `${hex}00`, "Mozilla/5.0", "application/json", "x".repeat(10_000)])(
  "%s is no digest",
  (text) => {
    expect(spellingOf(text)).toBeUndefined();
    expect(readDigest(text)).toBeUndefined();
  },
);
