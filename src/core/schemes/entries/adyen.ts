import type { Message } from "../../model/request.ts";
import { MessageView } from "../message-view.ts";
import { stepInto } from "../places.ts";
import type { Content, Draft, Mac, Presented, PresentedSignature, Scheme, Stamp } from "../scheme.ts";
import { setPlace } from "../set-place.ts";

/** What is signed of each notification, in this order; `:` between them, and nothing for those that are missing. */
const SIGNED_FIELDS = [
  "pspReference",
  "originalReference",
  "merchantAccountCode",
  "merchantReference",
  "amount.value",
  "amount.currency",
  "eventCode",
  "success",
].map((field) => field.split("."));

/** Adyen sends one notification in JSON. More than these are not looked at. */
const MOST_NOTIFICATIONS = 16;
const FIRST = "b:notificationItems.0.NotificationRequestItem";

/**
 * The signature stands in the body, beside what it signs; the key is written in hex. `@adyen/api-library` 32.1.0 accepted
 * what is signed here, and its own signatures were judged verified. One payment has several events, so its reference alone
 * names none.
 */
export const adyen: Scheme = {
  name: "adyen",
  title: "Adyen",
  source: "https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures",
  trust: "measured",
  recognisedBy: {
    body: {
      says: "a list of notificationItems in the body",
      holds: ({ json }) => Array.isArray(stepInto(json, ["notificationItems"])),
    },
  },
  signature: {
    kind: "code",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key: "hex",
    signsUrl: false,
    standsIn: ["body notificationItems.0.NotificationRequestItem.additionalData.hmacSignature"],
    describes:
      "{pspReference}:{originalReference}:{merchantAccountCode}:{merchantReference}:{amount.value}:{amount.currency}:{eventCode}:{success}",
    present,
    contents: (view, presented) => [contentOf(view, presented.covers ?? "")],
    sign,
  },
  eventId: `${FIRST}.pspReference+${FIRST}.eventCode`,
  eventType: `${FIRST}.eventCode`,
  userAgent: "Adyen HttpClient 1.0",
  contentType: "application/json; charset=utf-8",
  handshake: "adyen",
  schedule: "adyen",
  vectors: [
    {
      source: "@adyen/api-library 32.1.0, calculateHmac",
      secret: "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056",
      headers: ["Content-Type", "application/json; charset=utf-8"],
      body: '{"live":"false","notificationItems":[{"NotificationRequestItem":{"additionalData":{"hmacSignature":"coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="},"amount":{"value":1130,"currency":"EUR"},"pspReference":"7914073381342284","originalReference":"","merchantAccountCode":"TestMerchant","merchantReference":"TestPayment-1407325143704","eventCode":"AUTHORISATION","success":"true"}}]}',
    },
  ],
};

function present(view: MessageView): Presented {
  const notifications = notificationsOf(view);
  const paths = notifications.map((_, index) => `notificationItems.${index}.NotificationRequestItem`);
  const signatures: PresentedSignature[] = [];
  for (const covers of paths) {
    const place = `${covers}.additionalData.hmacSignature`;
    const text = stepInto(view.json, place.split("."));
    if (typeof text !== "string") continue;
    if (!/^[0-9A-Za-z+/]{43}=$/.test(text))
      return { kind: "malformed", place, why: "holds no base64 of the right length" };
    signatures.push({ text, place, covers });
  }
  if (signatures.length === 0) return { kind: "absent" };
  if (signatures.length > MOST_NOTIFICATIONS)
    return {
      kind: "malformed",
      place: "notificationItems",
      why: `holds more than ${MOST_NOTIFICATIONS} notifications`,
    };
  // One that is not signed would pass in the shadow of the others.
  const unsigned = paths.find((path) => !signatures.some(({ covers }) => covers === path));
  if (unsigned !== undefined) return { kind: "incomplete", missing: `${unsigned}.additionalData.hmacSignature` };
  return { kind: "present", signatures };
}

async function sign({ method, target, headers, body }: Draft, _: Stamp, mac: Mac): Promise<Message> {
  const view = new MessageView({ method, target, headers, body });
  let signed = body;
  for (const index of notificationsOf(view).slice(0, MOST_NOTIFICATIONS).keys()) {
    const path = `notificationItems.${index}.NotificationRequestItem`;
    signed = setPlace(signed, `b:${path}.additionalData.hmacSignature`, await mac(contentOf(view, path), body));
  }
  return { method, target, headers, body: signed };
}

function notificationsOf(view: MessageView): readonly unknown[] {
  // A second list further on would be the one that counts.
  if (view.isInPart) return [];
  const list = stepInto(view.json, ["notificationItems"]);
  return Array.isArray(list) ? list : [];
}

function contentOf(view: MessageView, path: string): Content {
  const notification = stepInto(view.json, path.split("."));
  return [Buffer.from(SIGNED_FIELDS.map((steps) => textOf(stepInto(notification, steps))).join(":"))];
}

function textOf(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" ? value : "";
}
