import { isoSeconds, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

function event(type: string, build: (make: Maker) => JsonFields): Sample {
  return { type, build };
}

function money(amount: string): JsonFields {
  const price = { amount, currency_code: "USD" };
  return { shop_money: price, presentment_money: price };
}

function order(changes: (make: Maker) => JsonFields): (make: Maker) => JsonFields {
  return (make) => {
    const id = make.ids.number("order", 13);
    return {
      id,
      admin_graphql_api_id: `gid://shopify/Order/${id}`,
      app_id: null,
      browser_ip: null,
      buyer_accepts_marketing: true,
      cancel_reason: null,
      cancelled_at: null,
      cart_token: null,
      checkout_id: null,
      checkout_token: null,
      closed_at: null,
      company: null,
      confirmed: true,
      contact_email: "jon@example.com",
      created_at: isoSeconds(make.bornMs),
      currency: "USD",
      current_subtotal_price: "398.00",
      current_subtotal_price_set: money("398.00"),
      current_total_discounts: "0.00",
      current_total_discounts_set: money("0.00"),
      current_total_duties_set: null,
      current_total_price: "398.00",
      email: "jon@example.com",
      financial_status: "pending",
      fulfillment_status: null,
      name: "#1001",
      order_number: 1001,
      total_price: "398.00",
      updated_at: isoSeconds(make.atMs),
      line_items: [
        {
          id: make.ids.number("line_item", 13),
          name: "IPod Nano - 8GB",
          price: "199.00",
          quantity: 2,
          sku: "IPOD2008PINK",
          title: "IPod Nano - 8GB",
        },
      ],
      ...changes(make),
    };
  };
}

function product(make: Maker): JsonFields {
  const id = make.ids.number("product", 13);
  return {
    id,
    title: "Example T-Shirt",
    body_html: "An example T-Shirt",
    vendor: "Acme",
    product_type: "Shirts",
    created_at: isoSeconds(make.bornMs),
    handle: "example-t-shirt",
    updated_at: isoSeconds(make.atMs),
    published_at: isoSeconds(make.bornMs),
    template_suffix: null,
    status: "active",
    published_scope: "web",
    tags: "example, mens, t-shirt",
    admin_graphql_api_id: `gid://shopify/Product/${id}`,
    variants: [
      {
        id: make.ids.number("variant", 13),
        product_id: id,
        title: "Small",
        price: "19.99",
        sku: "example-shirt-s",
        position: 1,
        inventory_policy: "deny",
        compare_at_price: "24.99",
        option1: "Small",
        option2: null,
        option3: null,
        taxable: true,
      },
    ],
    options: [{ id: make.ids.number("option", 13), product_id: id, name: "Size", position: 1, values: ["Small"] }],
    images: [],
    image: null,
  };
}

function customer(make: Maker): JsonFields {
  const id = make.ids.number("customer", 13);
  return {
    id,
    email: "bob@example.com",
    created_at: isoSeconds(make.bornMs),
    updated_at: isoSeconds(make.atMs),
    first_name: "Bob",
    last_name: "Norman",
    state: "disabled",
    note: null,
    verified_email: true,
    tax_exempt: false,
    phone: null,
    addresses: [],
    admin_graphql_api_id: `gid://shopify/Customer/${id}`,
  };
}

function shop(make: Maker): JsonFields {
  return {
    id: make.ids.number("shop", 9),
    name: "Example Shop",
    email: "shop@example.com",
    domain: null,
    province: "Tennessee",
    country: "US",
    address1: "190 MacArthur Blvd",
    zip: "37178",
    city: "Houston",
    source: null,
    phone: "3213213210",
    primary_locale: "en",
    country_code: "US",
    country_name: "United States",
    currency: "USD",
    customer_email: "shop@example.com",
    timezone: "(GMT-05:00) Eastern Time (US & Canada)",
  };
}

export const shopify: Samples = {
  provider: "shopify",
  source: "https://shopify.dev/docs/api/webhooks",
  types: [
    event(
      "orders/create",
      order(() => ({})),
    ),
    event(
      "orders/paid",
      order(() => ({ financial_status: "paid" })),
    ),
    event(
      "orders/fulfilled",
      order(() => ({ financial_status: "paid", fulfillment_status: "fulfilled" })),
    ),
    event(
      "orders/updated",
      order(() => ({})),
    ),
    event(
      "orders/cancelled",
      order(({ atMs }) => ({ cancel_reason: "customer", cancelled_at: isoSeconds(atMs) })),
    ),
    event("products/create", product),
    event("products/update", product),
    event("customers/create", customer),
    event("app/uninstalled", shop),
  ],
  eventId: (own) => own.uuid("event"),
  apiVersion: "2025-10",
  apiVersionHeader: "X-Shopify-API-Version",
};
