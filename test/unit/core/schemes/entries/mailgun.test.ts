import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { Message } from "../../../../../src/core/model/request.ts";
import { mailgun } from "../../../../../src/core/schemes/entries/mailgun.ts";
import { SAMPLE_TIME_MS, textBody } from "../../../../helpers/samples.ts";
import { judgementOf, signedMessage } from "../../../../helpers/signing.ts";

const key = { scheme: mailgun, secret: "key-1", url: "https://a.example/" };

test("the body gets a time, a token and their signature, and the event is not part of it", async () => {
  const signed = await signedMessage({ ...key, body: '{"event-data":{"event":"opened"}}' });
  const { signature } = JSON.parse(textOf(signed)) as { signature: Record<string, string> };
  const { timestamp = "", token = "" } = signature;
  expect(timestamp).toBe(String(Math.floor(SAMPLE_TIME_MS / 1000)));
  expect(token).toMatch(/^[0-9a-f]{50}$/);
  expect(signature["signature"]).toBe(
    createHmac("sha256", "key-1")
      .update(timestamp + token)
      .digest("hex"),
  );
  const other = textOf(signed).replace("opened", "failed");
  expect((await judgementOf({ ...signed, body: textBody(other) }, key)).verdict.kind).toBe("verified");
});

test("a signature that is there is replaced in its place", async () => {
  const signed = await signedMessage({
    ...key,
    body: '{"signature":{"token":"t","timestamp":"1","signature":"s"},"event-data":{}}',
  });
  expect(textOf(signed)).toMatch(
    /^\{"signature":\{"token":"[0-9a-f]{50}","timestamp":"\d{10}","signature":"[0-9a-f]{64}"\},"event-data":\{\}\}$/,
  );
});

test("an old form holds by its three fields", async () => {
  const sig = createHmac("sha256", "key-1").update("1700000000abc").digest("hex");
  const message = {
    method: "POST",
    target: "/",
    headers: ["Content-Type", "application/x-www-form-urlencoded"],
    body: textBody(`event=opened&timestamp=1700000000&token=abc&signature=${sig}`),
  };
  expect((await judgementOf(message, key, 1_700_000_900_000)).verdict.kind).toBe("verified");
  expect((await judgementOf(message, key, 1_700_000_901_000)).verdict.kind).toBe("stale");
  expect((await judgementOf(message, key, 1_699_999_000_000)).verdict.kind).toBe("future");
});

test.each([
  ['{"event-data":{}}', "missing-header"],
  ['{"signature":{"token":"t","timestamp":"1","signature":"s"}}', "malformed-header"],
  [`{"signature":{"timestamp":"1","signature":"${"0".repeat(64)}"}}`, "missing-header"],
  [`{"signature":{"token":"t","signature":"${"0".repeat(64)}"}}`, "missing-header"],
  [`{"signature":{"token":"t","timestamp":"soon","signature":"${"0".repeat(64)}"}}`, "malformed-header"],
  [`{"signature":{"token":"t","timestamp":1700000000,"signature":"${"0".repeat(64)}"}}`, "mismatch"],
])("%s: %s", async (text, kind) => {
  const message = { method: "POST", target: "/", headers: [], body: textBody(text) };
  expect((await judgementOf(message, key)).verdict.kind).toBe(kind);
});

function textOf({ body }: Message): string {
  return body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
}
