import type { Message } from "../../model/request.ts";
import { headerValue } from "../../model/headers.ts";
import { withoutHeaders } from "../header-edit.ts";
import type { Draft, Mac, Scheme, Stamp } from "../scheme.ts";
import { TemplateRule } from "../template-rule.ts";

const WEBHOOKS_HEADER = "X-Shopify-Hmac-Sha256";
const EVENTS_HEADER = "Shopify-Hmac-Sha256";
const base = {
  kind: "template",
  algorithm: "hmac-sha256",
  encoding: "base64",
  key: "utf8",
  content: "{body}",
} as const;
const webhooks = new TemplateRule({ ...base, headers: { [WEBHOOKS_HEADER]: "{sig}" }, alsoIn: [EVENTS_HEADER] });
const events = new TemplateRule({ ...base, headers: { [EVENTS_HEADER]: "{sig}" } });

/**
 * Its webhooks and its newer events name their headers each in their own way, without `X-`; a request stays in its family
 * when it is signed again. `@shopify/shopify-api` 13.1.0 accepted both.
 */
export const shopify: Scheme = {
  name: "shopify",
  title: "Shopify",
  source: "https://shopify.dev/docs/apps/build/webhooks/verify-deliveries",
  trust: "measured",
  recognisedBy: { headers: ["x-shopify-hmac-sha256", "shopify-hmac-sha256", "x-shopify-topic", "shopify-topic"] },
  signature: {
    kind: "code",
    algorithm: webhooks.algorithm,
    encoding: webhooks.encoding,
    key: webhooks.key,
    signsUrl: false,
    describes: webhooks.describes,
    standsIn: [`${WEBHOOKS_HEADER}: {sig}`, `${EVENTS_HEADER}: {sig}`],
    present: (view) => webhooks.present(view),
    contents: (view, presented, context) => webhooks.contents(view, presented, context),
    sign,
  },
  eventId: "h:x-shopify-event-id|h:shopify-event-id|h:x-shopify-webhook-id|h:shopify-webhook-id",
  eventType: "h:x-shopify-topic|h:shopify-topic",
  occurredAt: "h:x-shopify-triggered-at|h:shopify-triggered-at",
  objectId: "b:admin_graphql_api_id",
  headers: {
    "X-Shopify-Topic": "{type}",
    "X-Shopify-Shop-Domain": "example.myshopify.com",
    "X-Shopify-API-Version": "2025-10",
    "X-Shopify-Webhook-Id": "{id}",
    "X-Shopify-Event-Id": "{id}",
    "X-Shopify-Triggered-At": "{now}",
  },
  userAgent: "Shopify-Captain-Hook",
  schedule: "shopify",
  ackBudgetMs: 5000,
  sdk: ["reads-text"],
  sdkHeaders: [
    ["X-Shopify-Topic", "X-Shopify-Shop-Domain", "X-Shopify-API-Version", "X-Shopify-Webhook-Id"],
    ["Shopify-Topic", "Shopify-Shop-Domain", "Shopify-API-Version", "Shopify-Webhook-Id", "Shopify-Event-Id"],
  ],
};

function sign(draft: Draft, stamp: Stamp, mac: Mac): Promise<Message> {
  if (headerValue(draft.headers, EVENTS_HEADER) === undefined) return webhooks.sign(draft, stamp, mac);
  const headers = withoutHeaders(draft.headers, (name) => name === WEBHOOKS_HEADER.toLowerCase());
  return events.sign({ ...draft, headers }, stamp, mac);
}
