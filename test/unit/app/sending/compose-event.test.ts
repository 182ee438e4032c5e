import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import {
  type AttemptOptions,
  composeEvent,
  type ComposedEvent,
  type OutgoingEvent,
} from "../../../../src/app/sending/compose-event.ts";
import { contentType } from "../../../../src/core/faults/outgoing/entries/content-type.ts";
import { tampered } from "../../../../src/core/faults/outgoing/entries/tampered.ts";
import { bytesBody } from "../../../../src/core/model/body.ts";
import type { Message } from "../../../../src/core/model/request.ts";
import { findScheme } from "../../../../src/core/schemes/known-schemes.ts";
import { judge } from "../../../../src/core/schemes/judge.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import type { Scheme } from "../../../../src/core/schemes/scheme.ts";

const SECRET = { name: "test", text: "whsec_test" };
const BODY = '{"id":"evt_1","type":"invoice.paid","amount":4900}';
const AT_MS = 1_795_357_935_118;

async function compose(
  provider: string,
  options: Partial<AttemptOptions> = {},
  event: Partial<OutgoingEvent> = {},
): Promise<Message> {
  return (await composed(provider, options, event)).message;
}

function composed(
  provider: string,
  options: Partial<AttemptOptions> = {},
  event: Partial<OutgoingEvent> = {},
): Promise<ComposedEvent> {
  const whole: OutgoingEvent = {
    scheme: schemeNamed(provider),
    eventId: "evt_1",
    headerType: "invoice.paid",
    body: bytesBody(Buffer.from(BODY)),
    contentType: "application/json",
    headers: [],
    ...event,
  };
  return composeEvent(whole, {
    secret: SECRET,
    signedAtMs: AT_MS,
    target: "/hooks",
    url: "https://shop.example.com/hooks",
    userAgent: "hookcli/test",
    faults: [],
    uuid: () => "00000000-0000-4000-8000-000000000000",
    ...options,
  });
}

test("the provider's own headers and signature are around the body", async () => {
  const { method, target, headers, body } = await compose("stripe");
  const sig = createHmac("sha256", SECRET.text).update(`1795357935.${BODY}`).digest("hex");
  expect({ method, target, body }).toEqual({ method: "POST", target: "/hooks", body: bytesBody(Buffer.from(BODY)) });
  expect(headers).toEqual([
    "Accept",
    "*/*",
    "User-Agent",
    "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    "Content-Type",
    "application/json",
    "Stripe-Signature",
    `t=1795357935,v1=${sig}`,
  ]);
});

test("a sender without a name of its own has hookcli's; what stands beside the signature can be replaced", async () => {
  const { headers } = await compose("generic", { secret: undefined }, { headers: ["X-Event-Type", "other"] });
  expect(headers).toEqual([
    "Accept",
    "*/*",
    "User-Agent",
    "hookcli/test",
    "Content-Type",
    "application/json",
    "X-Event-ID",
    "evt_1",
    "X-Event-Type",
    "other",
  ]);
});

test("without a secret there is no signature, and an id that stands in its headers is there all the same", async () => {
  const { headers } = await compose("standardwebhooks", { secret: undefined });
  expect(headers.slice(6)).toEqual(["webhook-id", "evt_1"]);
});

test("a changed byte makes the signature wrong, and leaves it where it is", async () => {
  const [whole, changed] = [await compose("stripe"), await compose("stripe", { faults: [tampered] })];
  expect(changed.headers).toEqual(whole.headers);
  expect(changed.body).toEqual(bytesBody(Uint8Array.from(Buffer.from(BODY.replace("4900", "4901")))));
});

test("a token says nothing about the body, so a changed byte is no use", async () => {
  const secret = { name: "test", text: "a-token" };
  await expect(compose("gitlab", { secret, faults: [tampered] })).rejects.toMatchObject({ code: "NOT_TAMPERABLE" });
});

test("what is wrong with a message before it is signed is signed with it, and sent unsigned too", async () => {
  const secret = { name: "test", text: "an-auth-token" };
  const [right, wrong] = [
    await compose("square", { secret }),
    await compose("square", { secret, faults: [contentType] }),
  ];
  expect(wrong.headers).toEqual(right.headers.map((text) => (text === "application/json" ? "text/plain" : text)));
  const unsigned = await compose("stripe", { secret: undefined, faults: [contentType] });
  expect(unsigned.headers).toContain("text/plain");
});

const NOTIFICATION = '{"notificationItems":[{"NotificationRequestItem":{"pspReference":"1"}}]}';
const HEX_SECRET = { name: "test", text: "44782DEF547AAA06C910C43932B1EB0C" };

test.each([
  ["stripe", BODY, true],
  ["stripe", "no JSON", true],
  ["gitlab", "no JSON", true],
  ["twilio", "A=1", true],
  ["contentful", BODY, true],
  ["hubspot", BODY, true],
  ["adyen", NOTIFICATION, true],
  ["adyen", BODY, false],
  ["mailgun", BODY, true],
  ["mailgun", "[1]", false],
  ["figma", BODY, true],
  ["figma", "no JSON", false],
])("%s finds a place for its signature in %s: %j, and so says who judges it", async (provider, text, isSigned) => {
  const body = bytesBody(Buffer.from(text));
  const made = await composed(provider, { secret: HEX_SECRET }, { body });
  expect(made.isSigned).toBe(isSigned);
  const context = {
    secrets: [HEX_SECRET],
    isExpected: true,
    urls: [`https://shop.example.com${made.message.target}`],
    atMs: AT_MS,
  };
  const { verdict } = await judge(new MessageView(made.message), schemeNamed(provider), context);
  expect(verdict.kind === "verified").toBe(isSigned);
  expect((await composed(provider, { secret: undefined }, { body })).isSigned).toBe(false);
});

test("what was spoiled after it was signed was signed all the same", async () => {
  expect(await composed("stripe", { faults: [tampered] })).toMatchObject({ isSigned: true });
});

function schemeNamed(name: string): Scheme {
  const scheme = findScheme(name);
  if (!scheme) throw new Error(`there is no scheme ${name}`);
  return scheme;
}
