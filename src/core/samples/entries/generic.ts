import { type Envelope, envelopes } from "../envelopes.ts";
import { eventObject } from "../event-object.ts";
import type { Samples } from "../sample.ts";

/** Types that guides to webhooks use as their examples. */
const TYPES = [
  "order.completed",
  "order.created",
  "order.updated",
  "order.shipped",
  "order.delivered",
  "order.cancelled",
  "order.status_changed",
  "order.changed",
  "order.quantity_increased_by_5",
  "payment.succeeded",
  "payment.failed",
  "payment_intent.created",
  "payment_intent.succeeded",
  "payment_intent.payment_failed",
  "invoice.paid",
  "invoice.finalized",
  "customer.created",
  "customer.updated",
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "user.created",
  "invalid.event",
  "test.ping",
];

/** Events of a scheme that belongs to no provider: of any type, in one of the forms of `envelopes`. */
export function openSamples(provider: string, form: Envelope): Samples {
  const build: Samples["anyType"] = (make) => form.build(make, eventObject(make));
  return {
    provider,
    source: "https://www.standardwebhooks.com/",
    types: TYPES.map((type) => ({ type, build })),
    anyType: build,
    eventId: (own) => `evt_${own.mixed("event", 24)}`,
    apiVersion: "2024-01-01",
    ...(form.name === "event-flat" ? {} : { snapshot: "data" }),
  };
}

/** Which form is usual for each scheme without a provider. */
const forms: Readonly<Record<string, string>> = {
  generic: "plain",
  "generic-sha256": "plain",
  "generic-webhook": "object",
  "generic-t-v1": "object",
  "generic-t-s": "event-data",
  "generic-ecomm": "event-type",
  standardwebhooks: "standard",
  "standardwebhooks-v1a": "standard",
  svix: "standard",
};

export const generic: readonly Samples[] = Object.entries(forms).flatMap(([provider, name]) =>
  envelopes.filter((form) => form.name === name).map((form) => openSamples(provider, form)),
);
