import { isoTime, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

const PRICE: JsonFields = { amount: 100, currency: "USD" };

function event(type: string, object: (make: Maker) => { readonly id: string; readonly fields: JsonFields }): Sample {
  const kind = type.split(".")[0] ?? type;
  return {
    type,
    build: (make) => {
      const { id, fields } = object(make);
      return {
        merchant_id: make.ids.capitals("merchant", 13),
        type,
        event_id: make.eventId,
        created_at: isoTime(make.atMs),
        data: { type: kind, id, object: { [kind]: { id, ...fields } } },
      };
    },
  };
}

function payment(status: "APPROVED" | "COMPLETED"): Parameters<typeof event>[1] {
  return (make) => ({
    id: make.ids.mixed("payment", 32),
    fields: {
      created_at: isoTime(make.bornMs),
      updated_at: isoTime(make.atMs),
      amount_money: PRICE,
      status,
      delay_duration: "PT168H",
      source_type: "CARD",
      card_details: { status: status === "COMPLETED" ? "CAPTURED" : "AUTHORIZED" },
      location_id: make.ids.capitals("location", 13),
      order_id: make.ids.mixed("order", 32),
      total_money: PRICE,
      approved_money: PRICE,
      receipt_number: make.ids.mixed("receipt", 4),
      delay_action: "CANCEL",
      delayed_until: isoTime(make.bornMs + 7 * 86_400_000),
      version_token: make.own.mixed("version", 40),
    },
  });
}

function refund(status: "PENDING" | "COMPLETED"): Parameters<typeof event>[1] {
  return (make) => ({
    id: make.ids.mixed("refund", 40),
    fields: {
      created_at: isoTime(make.bornMs),
      updated_at: isoTime(make.atMs),
      amount_money: PRICE,
      status,
      location_id: make.ids.capitals("location", 13),
      order_id: make.ids.mixed("order", 32),
      payment_id: make.ids.mixed("payment", 32),
      version: 1,
    },
  });
}

function customer(make: Maker): { readonly id: string; readonly fields: JsonFields } {
  return {
    id: make.ids.capitals("customer", 26),
    fields: {
      created_at: isoTime(make.bornMs),
      updated_at: isoTime(make.atMs),
      given_name: "Amelia",
      family_name: "Earhart",
      email_address: "amelia@example.com",
      creation_source: "THIRD_PARTY",
      version: 0,
    },
  };
}

export const square: Samples = {
  provider: "square",
  source: "https://developer.squareup.com/reference/square/webhooks",
  types: [
    event("payment.created", payment("APPROVED")),
    event("payment.updated", payment("COMPLETED")),
    event("refund.created", refund("PENDING")),
    event("refund.updated", refund("COMPLETED")),
    event("customer.created", customer),
    event("customer.updated", customer),
  ],
  eventId: (own) => own.uuid("event"),
};
