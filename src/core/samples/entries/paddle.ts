import { isoTime, type Json, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

function event(type: string, object: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make): Json => ({
      data: object(make),
      event_id: make.eventId,
      event_type: type,
      occurred_at: isoTime(make.atMs),
      notification_id: `ntf_${make.own.small("notification", 26)}`,
    }),
  };
}

function id({ ids }: Maker, prefix: string): string {
  return `${prefix}_01${ids.small(prefix, 24)}`;
}

function transaction(status: "billed" | "paid" | "completed"): (make: Maker) => JsonFields {
  return (make) => {
    const sum = { subtotal: "3000", tax: "0", total: "3000", discount: "0" };
    const total = { ...sum, credit: "0", balance: "0" };
    return {
      id: id(make, "txn"),
      items: [{ price_id: id(make, "pri"), quantity: 1, proration: null }],
      origin: "web",
      status,
      details: {
        totals: { ...total, grand_total: "3000", fee: "200", earnings: "2800", currency_code: "USD" },
        line_items: [
          {
            id: id(make, "txnitm"),
            totals: sum,
            tax_rate: "0",
            price_id: id(make, "pri"),
            quantity: 1,
            unit_totals: sum,
          },
        ],
        tax_rates_used: [{ totals: sum, tax_rate: "0" }],
      },
      checkout: { url: `https://shop.example.com/pay?_ptxn=${id(make, "txn")}` },
      payments: [],
      billed_at: isoTime(make.atMs),
      address_id: id(make, "add"),
      created_at: isoTime(make.bornMs),
      invoice_id: id(make, "inv"),
      updated_at: isoTime(make.atMs),
      business_id: null,
      custom_data: null,
      customer_id: id(make, "ctm"),
      discount_id: null,
      currency_code: "USD",
      billing_period: null,
      invoice_number: "325-10566",
      billing_details: null,
      collection_mode: "automatic",
    };
  };
}

function subscription(status: "active" | "canceled"): (make: Maker) => JsonFields {
  return (make) => {
    const nextMs = make.bornMs + 30 * 86_400_000;
    const next = status === "active" ? isoTime(nextMs) : null;
    return {
      id: id(make, "sub"),
      items: [
        {
          status,
          quantity: 1,
          recurring: true,
          created_at: isoTime(make.bornMs),
          updated_at: isoTime(make.atMs),
          trial_dates: null,
          next_billed_at: next,
          previously_billed_at: isoTime(make.bornMs),
        },
      ],
      status,
      discount: null,
      paused_at: null,
      address_id: id(make, "add"),
      created_at: isoTime(make.bornMs),
      started_at: isoTime(make.bornMs),
      updated_at: isoTime(make.atMs),
      business_id: null,
      canceled_at: status === "canceled" ? isoTime(make.atMs) : null,
      custom_data: null,
      customer_id: id(make, "ctm"),
      import_meta: null,
      billing_cycle: { interval: "month", frequency: 1 },
      currency_code: "USD",
      next_billed_at: next,
      transaction_id: id(make, "txn"),
      billing_details: null,
      collection_mode: "automatic",
      first_billed_at: isoTime(make.bornMs),
      scheduled_change: null,
    };
  };
}

function customer(make: Maker): JsonFields {
  return {
    id: id(make, "ctm"),
    name: null,
    email: "sam@example.com",
    locale: "en",
    status: "active",
    created_at: isoTime(make.bornMs),
    updated_at: isoTime(make.atMs),
    custom_data: null,
    import_meta: null,
    marketing_consent: false,
  };
}

export const paddle: Samples = {
  provider: "paddle",
  source: "https://developer.paddle.com/webhooks/overview",
  types: [
    event("transaction.completed", transaction("completed")),
    event("transaction.paid", transaction("paid")),
    event("transaction.billed", transaction("billed")),
    event("subscription.created", subscription("active")),
    event("subscription.activated", subscription("active")),
    event("subscription.updated", subscription("active")),
    event("subscription.canceled", subscription("canceled")),
    event("customer.created", customer),
    event("customer.updated", customer),
  ],
  eventId: (own) => `evt_01${own.small("event", 24)}`,
  snapshot: "data",
};
