import { official } from "../../helpers/official.ts";
import type { OfficialPackage } from "./entry.ts";

interface Stripe {
  readonly webhooks: {
    constructEvent(body: Buffer, header: string, secret: string): unknown;
    generateTestHeaderString(options: { payload: string; secret: string; timestamp: number }): string;
  };
}

const STRIPE_SECRET = "whsec_dGVzdCBzZWNyZXQgb2Ygc3RyaXBl";
const stripeClient = async (): Promise<Stripe> => {
  const { default: Client } = await official<{ default: new (key: string) => Stripe }>("stripe");
  return new Client("sk_test_nobody");
};

const stripe: OfficialPackage = {
  name: "stripe",
  provider: "stripe",
  type: "payment_intent.succeeded",
  secret: STRIPE_SECRET,
  isTimed: true,
  refusesOld: true,
  verify: async ({ body, headers }) =>
    (await stripeClient()).webhooks.constructEvent(body, headers["stripe-signature"] ?? "", STRIPE_SECRET),
  async sign(payload, nowMs) {
    const options = { payload, secret: STRIPE_SECRET, timestamp: Math.floor(nowMs / 1000) };
    const header = (await stripeClient()).webhooks.generateTestHeaderString(options);
    return { body: payload, headers: { "Stripe-Signature": header } };
  },
};

const SHOPIFY_SECRET = "shpss_0123456789";

interface ShopifyModule {
  readonly shopifyApi: (config: object) => {
    readonly webhooks: {
      validate(given: { rawBody: string; rawRequest: object; rawResponse: object }): Promise<{ valid: boolean }>;
    };
  };
}

const shopify: OfficialPackage = {
  name: "@shopify/shopify-api",
  provider: "shopify",
  type: "orders/create",
  secret: SHOPIFY_SECRET,
  isTimed: false,
  refusesOld: false,
  async verify({ method, url, headers, text }) {
    await official("@shopify/shopify-api/adapters/node");
    const { shopifyApi } = await official<ShopifyModule>("@shopify/shopify-api");
    const { webhooks } = shopifyApi({
      apiKey: "key",
      apiSecretKey: SHOPIFY_SECRET,
      hostName: "shop.example",
      apiVersion: "2025-10",
      isEmbeddedApp: false,
      logger: { level: 0, log: () => undefined },
    });
    const rawRequest = { method, url, headers };
    return (await webhooks.validate({ rawBody: text, rawRequest, rawResponse: {} })).valid;
  },
};

const SQUARE_KEY = "0123456789abcdefghij";

interface SquareModule {
  readonly WebhooksHelper: {
    verifySignature(given: {
      requestBody: string;
      signatureHeader: string;
      signatureKey: string;
      notificationUrl: string;
    }): Promise<boolean>;
  };
}

const square: OfficialPackage = {
  name: "square",
  provider: "square",
  type: "payment.created",
  secret: SQUARE_KEY,
  isTimed: false,
  refusesOld: false,
  async verify({ text, headers, url }) {
    const { WebhooksHelper } = await official<SquareModule>("square");
    return WebhooksHelper.verifySignature({
      requestBody: text,
      signatureHeader: headers["x-square-hmacsha256-signature"] ?? "",
      signatureKey: SQUARE_KEY,
      notificationUrl: url,
    });
  },
};

const PADDLE_SECRET = "pdl_ntfset_01hx_secret";

interface PaddleModule {
  readonly Paddle: new (key: string) => {
    readonly webhooks: { unmarshal(body: string, secret: string, header: string): Promise<object> };
  };
}

const paddle: OfficialPackage = {
  name: "@paddle/paddle-node-sdk",
  provider: "paddle",
  type: "transaction.completed",
  secret: PADDLE_SECRET,
  isTimed: true,
  refusesOld: true,
  async verify({ text, headers }) {
    const { Paddle } = await official<PaddleModule>("@paddle/paddle-node-sdk");
    return new Paddle("key").webhooks.unmarshal(text, PADDLE_SECRET, headers["paddle-signature"] ?? "");
  },
};

const ADYEN_KEY = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";

interface AdyenModule {
  readonly default: { readonly hmacValidator: new () => HmacValidator };
}

interface HmacValidator {
  validateHMAC(notification: object, key: string): boolean;
  validateHMACSignature(key: string, signature: string, body: string): boolean;
  calculateHmac(notification: object | string, key: string): string;
}

const adyenValidator = async (): Promise<HmacValidator> => {
  const { default: library } = await official<AdyenModule>("@adyen/api-library");
  return new library.hmacValidator();
};

interface AdyenNotifications {
  readonly notificationItems: readonly { readonly NotificationRequestItem: { additionalData?: object } }[];
}

const adyen: OfficialPackage = {
  name: "@adyen/api-library",
  provider: "adyen",
  type: "AUTHORISATION",
  secret: ADYEN_KEY,
  edit: ["--set-json", "notificationItems[0].NotificationRequestItem.amount.value=77"],
  isTimed: false,
  refusesOld: false,
  async verify({ text }) {
    const { notificationItems } = JSON.parse(text) as AdyenNotifications;
    const validator = await adyenValidator();
    return notificationItems.every((item) => validator.validateHMAC(item.NotificationRequestItem, ADYEN_KEY));
  },
  async sign(text) {
    const notifications = JSON.parse(text) as AdyenNotifications;
    const validator = await adyenValidator();
    for (const { NotificationRequestItem: item } of notifications.notificationItems)
      item.additionalData = { hmacSignature: validator.calculateHmac(item, ADYEN_KEY) };
    return { headers: {}, body: JSON.stringify(notifications) };
  },
};

const adyenPlatform: OfficialPackage = {
  name: "@adyen/api-library",
  provider: "adyen-platform",
  type: "balancePlatform.payment.created",
  send: ["--data", '{"type":"balancePlatform.payment.created","environment":"test","data":{"id":"X1"}}'],
  secret: ADYEN_KEY,
  isTimed: false,
  refusesOld: false,
  verify: async ({ text, headers }) =>
    (await adyenValidator()).validateHMACSignature(ADYEN_KEY, headers["hmacsignature"] ?? "", text),
};

const RAZORPAY_SECRET = "razorpay secret";

interface RazorpayModule {
  readonly default: { validateWebhookSignature(body: string, signature: string, secret: string): boolean };
}

const razorpay: OfficialPackage = {
  name: "razorpay",
  provider: "razorpay",
  type: "payment.captured",
  send: ["--data", '{"entity":"event","event":"payment.captured","contains":["payment"],"created_at":1700000000}'],
  secret: RAZORPAY_SECRET,
  isTimed: false,
  refusesOld: false,
  async verify({ text, headers }) {
    const { default: Razorpay } = await official<RazorpayModule>("razorpay");
    return Razorpay.validateWebhookSignature(text, headers["x-razorpay-signature"] ?? "", RAZORPAY_SECRET);
  },
};

/** Payments and shops. */
export const money: readonly OfficialPackage[] = [stripe, shopify, square, paddle, adyen, adyenPlatform, razorpay];
