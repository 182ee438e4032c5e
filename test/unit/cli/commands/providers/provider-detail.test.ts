import { expect, test } from "vitest";
import { printProvider, providerRows } from "../../../../../src/cli/commands/providers/provider-detail.ts";
import { findScheme } from "../../../../../src/core/schemes/known-schemes.ts";
import { schemes } from "../../../../../src/core/schemes/index.ts";
import type { Scheme } from "../../../../../src/core/schemes/scheme.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

function known(name: string): Scheme {
  const scheme = findScheme(name);
  if (!scheme) throw new Error(`${name} is not built in`);
  return scheme;
}

test("a provider is told rule by rule, with where they come from and where its secret would", async () => {
  const { at, out } = await recordedSurroundings();
  const secretNames = ["HOOKCLI_SECRET_STRIPE", "secrets.stripe in hookcli.config.json"];
  printProvider(at, {
    scheme: { ...known("stripe"), sdk: ["reads-text", "no-age-check"] },
    isOwn: false,
    secretNames,
    variable: "HOOKCLI_SECRET_STRIPE",
  });
  const lines = (await out()).split("\n");
  const sendable = lines.findIndex((line) => line.startsWith("to be sent    invoice.paid, payment_intent.succeeded,"));
  expect([...lines.slice(0, sendable), ...lines.slice(lines.findIndex((line) => line.startsWith("secrets ")))]).toEqual(
    [
      "stripe  Stripe",
      "source        https://docs.stripe.com/webhooks#verify-manually",
      "trust         tried out against the provider's own package, in both directions",
      "signature     HMAC-SHA256, in hex",
      "stands in     Stripe-Signature: t={ts},v1={sig}",
      "signed        {ts}.{body}",
      "secret        its text, every character of it",
      "time          in seconds, at most 5 min old, one from the future passes",
      "rotation      several in one header with commas between them; any of them may hold",
      "event id      body id",
      "event type    body type",
      "waits         nothing is known; taken for 10 s",
      "retries       intervals not published",
      "              hookcli schedules stripe",
      "its SDK       reads the body as text: what is not UTF-8 is refused",
      "              takes a signature of any age",
      "sends too     User-Agent: Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      "              Content-Type: application/json; charset=utf-8",
      "secrets       HOOKCLI_SECRET_STRIPE",
      "              secrets.stripe in hookcli.config.json",
      "",
    ],
  );
});

test("one of a person's own says so, and what variable its secret could be in", async () => {
  const { at, out } = await recordedSurroundings();
  const scheme = { ...known("stripe"), name: "ecomm", title: "Our shop" };
  printProvider(at, { scheme, isOwn: true, secretNames: [], variable: "HOOKCLI_SECRET_ECOMM" });
  expect(await out()).toMatch(
    /^ecomm {2}Our shop {2}\(your own\)\n[^]*\nsecrets +none configured; HOOKCLI_SECRET_ECOMM would/,
  );
});

test("what is only recognised says what judging would take, and a handshake names its source", () => {
  const rows = new Map(providerRows(known("paypal")));
  expect(rows.get("signature")?.[0]).toMatch(/^not judged: that takes /);
  expect(rows.has("signed")).toBe(false);
  expect(new Map(providerRows(known("slack"))).get("handshake")).toEqual([
    "Slack",
    expect.stringMatching(/^https:\/\//),
  ]);
});

test("what can be made up of a provider is listed, in lines that can be read", () => {
  const texts = new Map(providerRows(known("stripe"))).get("to be sent") ?? [];
  expect(texts.join(", ").split(", ")).toContain("customer.subscription.updated");
  for (const text of texts) expect(text.length).toBeLessThan(100);
  expect(new Map(providerRows(known("generic"))).get("to be sent")).toEqual(["events of any type"]);
  expect(new Map(providerRows(known("plaid"))).has("to be sent")).toBe(false);
});

test.each(schemes)("$name has no empty row", (scheme) => {
  for (const [label, texts] of providerRows(scheme)) {
    expect([label, texts.length > 0]).toEqual([label, true]);
    for (const text of texts) expect([label, text]).toEqual([label, expect.stringMatching(/^\S/)]);
  }
});
