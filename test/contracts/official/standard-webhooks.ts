import { official } from "../../helpers/official.ts";
import { inSeconds, type OfficialPackage, type Received, WHSEC } from "./entry.ts";

interface Webhook {
  verify(body: string, headers: Readonly<Record<string, string>>): unknown;
  sign(id: string, at: Date, body: string): string;
}

interface WebhookModule {
  readonly Webhook: new (secret: string) => Webhook;
}

/** The two packages that know no provider. */
function ofPackage(name: "standardwebhooks" | "svix", prefix: "webhook" | "svix"): OfficialPackage {
  const webhook = async (): Promise<Webhook> => new (await official<WebhookModule>(name)).Webhook(WHSEC);
  return {
    name,
    provider: name,
    type: "order.completed",
    send: ["--data", '{"type":"order.completed","timestamp":"2026-01-02T03:04:05Z","data":{"id":"ord_1"}}'],
    secret: WHSEC,
    isTimed: true,
    refusesOld: true,
    verify: async ({ text, headers }) => (await webhook()).verify(text, headers),
    async sign(body, nowMs) {
      const signature = (await webhook()).sign("msg_1", new Date(nowMs), body);
      return {
        body,
        headers: {
          [`${prefix}-id`]: "msg_1",
          [`${prefix}-timestamp`]: inSeconds(nowMs),
          [`${prefix}-signature`]: signature,
        },
      };
    },
  };
}

interface OpenAiModule {
  readonly default: new (options: { apiKey: string }) => {
    readonly webhooks: { unwrap(body: string, headers: object, secret: string): Promise<unknown> };
  };
}

const openai: OfficialPackage = {
  name: "openai",
  provider: "openai",
  type: "response.completed",
  secret: WHSEC,
  isTimed: true,
  refusesOld: true,
  async verify({ text, headers }) {
    const { default: OpenAi } = await official<OpenAiModule>("openai");
    return new OpenAi({ apiKey: "key" }).webhooks.unwrap(text, headers, WHSEC);
  },
};

interface ClerkModule {
  readonly verifyWebhook: (request: Request, options: { signingSecret: string }) => Promise<unknown>;
}

const clerk: OfficialPackage = {
  name: "@clerk/backend",
  provider: "clerk",
  type: "user.created",
  secret: WHSEC,
  isTimed: true,
  refusesOld: true,
  async verify(received) {
    const { verifyWebhook } = await official<ClerkModule>("@clerk/backend/webhooks");
    return verifyWebhook(asRequest(received), { signingSecret: WHSEC });
  },
};

function asRequest({ method, url, headers, text }: Received): Request {
  return new Request(url, { method, headers, body: text });
}

interface ResendModule {
  readonly Resend: new (key: string) => {
    readonly webhooks: {
      verify(given: {
        payload: string;
        headers: { id: string; timestamp: string; signature: string };
        webhookSecret: string;
      }): unknown;
    };
  };
}

const resend: OfficialPackage = {
  name: "resend",
  provider: "resend",
  type: "email.delivered",
  secret: WHSEC,
  isTimed: true,
  refusesOld: true,
  async verify({ text, headers }) {
    const { Resend } = await official<ResendModule>("resend");
    const [id = "", timestamp = "", signature = ""] = ["id", "timestamp", "signature"].map(
      (part) => headers[`svix-${part}`],
    );
    const given = { payload: text, headers: { id, timestamp, signature }, webhookSecret: WHSEC };
    return new Resend("re_123").webhooks.verify(given);
  },
};

/** All who sign as Standard Webhooks says. */
export const standardWebhooks: readonly OfficialPackage[] = [
  ofPackage("standardwebhooks", "webhook"),
  ofPackage("svix", "svix"),
  openai,
  clerk,
  resend,
];
