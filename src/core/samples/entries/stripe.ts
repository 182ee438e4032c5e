import { type Json, type JsonFields, type Maker, type Sample, type Samples, unixSeconds } from "../sample.ts";

function event(type: string, object: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make): Json => ({
      id: make.eventId,
      object: "event",
      api_version: make.apiVersion,
      created: unixSeconds(make.atMs),
      data: { object: object(make) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: `req_${make.own.mixed("request", 14)}`, idempotency_key: make.own.uuid("idempotency") },
      type: make.type,
    }),
  };
}

function customerId({ ids }: Maker): string {
  return `cus_${ids.mixed("customer", 14)}`;
}

function customer(make: Maker): JsonFields {
  return {
    id: customerId(make),
    object: "customer",
    address: null,
    balance: 0,
    created: unixSeconds(make.bornMs),
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: "alice@example.com",
    invoice_prefix: make.ids.capitals("prefix", 8),
    livemode: false,
    metadata: {},
    name: "Alice Example",
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
  };
}

function invoice(status: "draft" | "open" | "paid", attempts: number): (make: Maker) => JsonFields {
  return (make) => ({
    id: `in_1${make.ids.mixed("invoice", 23)}`,
    object: "invoice",
    account_country: "US",
    account_name: "Example Shop",
    account_tax_ids: null,
    amount_due: 4900,
    amount_paid: status === "paid" ? 4900 : 0,
    amount_remaining: status === "paid" ? 0 : 4900,
    amount_shipping: 0,
    application: null,
    attempt_count: attempts,
    attempted: attempts > 0,
    auto_advance: status === "draft",
    automatic_tax: { enabled: false, status: null },
    billing_reason: "subscription_create",
    collection_method: "charge_automatically",
    created: unixSeconds(make.bornMs),
    currency: "usd",
    custom_fields: null,
    customer: customerId(make),
    customer_email: "alice@example.com",
    livemode: false,
    metadata: {},
    status,
    total: 4900,
  });
}

function paymentIntent(status: string): (make: Maker) => JsonFields {
  return (make) => ({
    id: `pi_3${make.ids.mixed("payment_intent", 23)}`,
    object: "payment_intent",
    amount: 2000,
    amount_capturable: 0,
    amount_received: status === "succeeded" ? 2000 : 0,
    canceled_at: null,
    capture_method: "automatic",
    confirmation_method: "automatic",
    created: unixSeconds(make.bornMs),
    currency: "usd",
    customer: customerId(make),
    description: null,
    livemode: false,
    metadata: {},
    payment_method_types: ["card"],
    status,
  });
}

function subscription(status: "active" | "canceled"): (make: Maker) => JsonFields {
  return (make) => {
    const startedAt = unixSeconds(make.bornMs);
    return {
      id: `sub_1${make.ids.mixed("subscription", 23)}`,
      object: "subscription",
      application: null,
      application_fee_percent: null,
      automatic_tax: { enabled: false },
      billing_cycle_anchor: startedAt,
      billing_thresholds: null,
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: status === "canceled" ? unixSeconds(make.atMs) : null,
      cancellation_details: { comment: null, feedback: null, reason: null },
      collection_method: "charge_automatically",
      created: startedAt,
      currency: "usd",
      current_period_end: startedAt + 30 * 86_400,
      current_period_start: startedAt,
      customer: customerId(make),
      days_until_due: null,
      default_payment_method: `pm_1${make.ids.mixed("payment_method", 23)}`,
      default_source: null,
      default_tax_rates: [],
      description: null,
      livemode: false,
      metadata: {},
      status,
    };
  };
}

function charge(paid: boolean): (make: Maker) => JsonFields {
  return (make) => ({
    id: `ch_3${make.ids.mixed("charge", 23)}`,
    object: "charge",
    amount: 2000,
    amount_captured: paid ? 2000 : 0,
    amount_refunded: 0,
    captured: paid,
    created: unixSeconds(make.bornMs),
    currency: "usd",
    customer: customerId(make),
    livemode: false,
    metadata: {},
    paid,
    payment_intent: `pi_3${make.ids.mixed("payment_intent", 23)}`,
    refunded: false,
    status: paid ? "succeeded" : "failed",
  });
}

function checkoutSession(make: Maker): JsonFields {
  return {
    id: `cs_test_${make.ids.mixed("checkout", 58)}`,
    object: "checkout.session",
    after_expiration: null,
    allow_promotion_codes: false,
    amount_subtotal: 4900,
    amount_total: 4900,
    automatic_tax: { enabled: false, status: null },
    cancel_url: "https://shop.example.com/cancel",
    client_reference_id: null,
    consent: null,
    created: unixSeconds(make.bornMs),
    currency: "usd",
    custom_fields: [],
    custom_text: { shipping_address: null, submit: null },
    customer: customerId(make),
    customer_creation: "if_required",
    customer_details: {
      address: null,
      email: "alice@example.com",
      name: "Alice Example",
      phone: null,
      tax_exempt: "none",
      tax_ids: [],
    },
    customer_email: null,
    expires_at: unixSeconds(make.bornMs) + 86_400,
    livemode: false,
    metadata: {},
    mode: "payment",
    payment_intent: `pi_3${make.ids.mixed("payment_intent", 23)}`,
    payment_status: "paid",
    status: "complete",
    success_url: "https://shop.example.com/success",
  };
}

export const stripe: Samples = {
  provider: "stripe",
  source: "https://docs.stripe.com/api/events/object",
  types: [
    event("invoice.paid", invoice("paid", 1)),
    event("payment_intent.succeeded", paymentIntent("succeeded")),
    event("checkout.session.completed", checkoutSession),
    event("customer.subscription.created", subscription("active")),
    event("customer.subscription.updated", subscription("active")),
    event("customer.subscription.deleted", subscription("canceled")),
    event("payment_intent.created", paymentIntent("requires_payment_method")),
    event("payment_intent.payment_failed", paymentIntent("requires_payment_method")),
    event("payment_intent.canceled", paymentIntent("canceled")),
    event("invoice.created", invoice("draft", 0)),
    event("invoice.finalized", invoice("open", 0)),
    event("invoice.payment_succeeded", invoice("paid", 1)),
    event("invoice.payment_failed", invoice("open", 1)),
    event("charge.succeeded", charge(true)),
    event("charge.failed", charge(false)),
    event("customer.created", customer),
    event("customer.updated", customer),
    event("customer.deleted", customer),
  ],
  eventId: (own) => `evt_1${own.mixed("event", 23)}`,
  apiVersion: "2025-10-29.clover",
  snapshot: "data",
};
