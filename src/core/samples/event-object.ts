import type { EventObject } from "./envelopes.ts";
import { isoSeconds, type JsonFields, type Maker } from "./sample.ts";

interface Kind {
  /** What its ids begin with. */
  readonly prefix: string;
  readonly fields: (make: Maker, action: string) => JsonFields;
}

const PERSON = { email: "alice@example.com", name: "Alice Example" };

/** What the events of no provider are about, by the first words of their type. */
const kinds: Readonly<Record<string, Kind>> = {
  order: {
    prefix: "ord",
    fields: ({ ids }, action) => ({
      amount: 4999,
      currency: "usd",
      status: action === "created" || action === "updated" ? "pending" : action,
      customer_id: `cus_${ids.mixed("customer", 14)}`,
      items: [
        { sku: "SKU001", quantity: 2 },
        { sku: "SKU005", quantity: 1 },
      ],
      shipping_address: { street: "123 Main St", city: "Anytown", zip: "12345" },
      ...(action === "shipped" || action === "delivered"
        ? { tracking_number: ids.capitals("tracking", 12), carrier: "fedex" }
        : {}),
    }),
  },
  payment: {
    prefix: "pay",
    fields: (_, action) => ({
      amount: 49.99,
      currency: "USD",
      status: action,
      customer: { email: PERSON.email },
      ...(action === "failed" ? { failure_reason: "card_declined" } : {}),
    }),
  },
  payment_intent: {
    prefix: "pi",
    fields: (_, action) => ({ amount: 2000, currency: "usd", status: intentStatus(action) }),
  },
  invoice: {
    prefix: "in",
    fields: ({ ids }, action) => ({
      number: `INV-${ids.digits("number", 6)}`,
      amount_due: 4999,
      currency: "usd",
      status: action === "finalized" ? "open" : action,
      customer_id: `cus_${ids.mixed("customer", 14)}`,
    }),
  },
  customer: { prefix: "cus", fields: () => PERSON },
  subscription: {
    prefix: "sub",
    fields: ({ ids }, action) => ({
      customer_id: `cus_${ids.mixed("customer", 14)}`,
      plan: "pro_monthly",
      status: action === "deleted" || action === "cancelled" ? "canceled" : "active",
    }),
  },
  user: { prefix: "usr", fields: () => PERSON },
  test: { prefix: "test", fields: () => ({ message: "hello" }) },
};

/** Makes up the object that an event of any type is about: `order.completed` is about an order. */
export function eventObject(make: Maker): EventObject {
  const words = make.type.split(".").filter((word) => word !== "");
  const action = words.length > 1 ? (words.at(-1) ?? "") : "";
  // `customer.subscription.created` is about the subscription.
  const kind = (words.length > 1 ? words.at(-2) : words[0]) ?? "object";
  const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const prefix =
    known?.prefix ??
    (kind
      .replaceAll(/[^a-z]/gi, "")
      .slice(0, 4)
      .toLowerCase() ||
      "obj");
  const fields = known?.fields(make, action) ?? (action === "" ? {} : { status: action });
  return {
    kind,
    id: `${prefix}_${make.ids.mixed(kind, 14)}`,
    fields: { ...fields, created_at: isoSeconds(make.bornMs) },
  };
}

function intentStatus(action: string): string {
  if (action === "succeeded" || action === "processing") return action;
  return action === "canceled" ? "canceled" : "requires_payment_method";
}
