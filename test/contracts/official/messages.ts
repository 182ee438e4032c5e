import { official } from "../../helpers/official.ts";
import { keyPair, type OfficialPackage } from "./entry.ts";

const SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

interface SlackModule {
  readonly verifySlackRequest: (given: { signingSecret: string; body: string; headers: object }) => void;
}

const slack: OfficialPackage = {
  name: "@slack/bolt",
  provider: "slack",
  type: "message",
  secret: SLACK_SECRET,
  isTimed: true,
  refusesOld: true,
  async verify({ text, headers }) {
    const { verifySlackRequest } = await official<SlackModule>("@slack/bolt/dist/receivers/verify-request.js");
    verifySlackRequest({
      signingSecret: SLACK_SECRET,
      body: text,
      headers: {
        "x-slack-signature": headers["x-slack-signature"],
        "x-slack-request-timestamp": Number(headers["x-slack-request-timestamp"]),
      },
    });
  },
};

const TWILIO_TOKEN = "12345678901234567890123456789012";

interface TwilioModule {
  readonly default: {
    validateRequest(token: string, signature: string, url: string, fields: object): boolean;
    validateRequestWithBody(token: string, signature: string, url: string, body: string): boolean;
  };
}

interface TwilioSigner {
  readonly default: { getExpectedTwilioSignature(token: string, url: string, fields: object): string };
}

const twilio: OfficialPackage = {
  name: "twilio",
  provider: "twilio",
  type: "delivered",
  secret: TWILIO_TOKEN,
  edit: ["--body", "MessageSid=SM1&MessageStatus=sent&Body=other+words"],
  isTimed: false,
  refusesOld: false,
  async verify({ text, headers, url }) {
    const { default: package_ } = await official<TwilioModule>("twilio");
    const fields = Object.fromEntries(new URLSearchParams(text));
    return package_.validateRequest(TWILIO_TOKEN, headers["x-twilio-signature"] ?? "", url, fields);
  },
  async sign(_, __, url) {
    const { default: signer } = await official<TwilioSigner>("twilio/lib/webhooks/webhooks.js");
    const fields = { MessageSid: "SM1", MessageStatus: "sent", Body: "né 1130+1" };
    const signature = signer.getExpectedTwilioSignature(TWILIO_TOKEN, url, fields);
    return {
      body: new URLSearchParams(fields).toString(),
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature },
    };
  },
};

const { sign: _signsForms, ...twilioBase } = twilio;

const twilioJson: OfficialPackage = {
  ...twilioBase,
  type: "com.twilio.messaging.message.delivered",
  send: ["--data", '[{"id":"EZ1","type":"com.twilio.messaging.message.delivered"}]'],
  edit: ["--set", "[0].type=other"],
  async verify({ text, headers, url }) {
    const { default: package_ } = await official<TwilioModule>("twilio");
    return package_.validateRequestWithBody(TWILIO_TOKEN, headers["x-twilio-signature"] ?? "", url, text);
  },
};

const ZOOM_SECRET = "zoom-secret-token";

interface ZoomModule {
  readonly AwsLambdaReceiver: new (options: { webhooksSecretToken: string }) => {
    init(given: { eventEmitter: { emit: () => Promise<void> } }): void;
    start(): (event: object, context: object) => Promise<{ readonly statusCode: number }>;
  };
}

const zoom: OfficialPackage = {
  name: "@zoom/rivet",
  provider: "zoom",
  type: "meeting.started",
  secret: ZOOM_SECRET,
  isTimed: true,
  refusesOld: false,
  async verify({ text, headers }) {
    const { AwsLambdaReceiver } = await official<ZoomModule>("@zoom/rivet/chatbot");
    const receiver = new AwsLambdaReceiver({ webhooksSecretToken: ZOOM_SECRET });
    receiver.init({ eventEmitter: { emit: async () => undefined } });
    return (await receiver.start()({ body: text, headers, isBase64Encoded: false }, {})).statusCode === 200;
  },
};

const LINE_SECRET = "line channel secret";

interface LineModule {
  readonly validateSignature: (body: Buffer, secret: string, signature: string) => boolean;
}

const line: OfficialPackage = {
  name: "@line/bot-sdk",
  provider: "line",
  type: "message",
  send: ["--data", '{"destination":"U1","events":[{"type":"message","webhookEventId":"01H"}]}'],
  secret: LINE_SECRET,
  isTimed: false,
  refusesOld: false,
  verify: async ({ body, headers }) =>
    (await official<LineModule>("@line/bot-sdk")).validateSignature(
      body,
      LINE_SECRET,
      headers["x-line-signature"] ?? "",
    ),
};

interface DiscordModule {
  readonly verifyKey: (body: Buffer, signature: string, timestamp: string, publicKey: string) => Promise<boolean>;
}

const discordKeys = keyPair("ed25519");

const discord: OfficialPackage = {
  name: "discord-interactions",
  provider: "discord",
  type: "APPLICATION_AUTHORIZED",
  secret: discordKeys.pem,
  isTimed: true,
  refusesOld: false,
  async verify({ body, headers }) {
    const { verifyKey } = await official<DiscordModule>("discord-interactions");
    const [signature = "", timestamp = ""] = [headers["x-signature-ed25519"], headers["x-signature-timestamp"]];
    return verifyKey(body, signature, timestamp, discordKeys.spki.subarray(-32).toString("hex"));
  },
};

interface SendGridModule {
  readonly EventWebhook: new () => {
    convertPublicKeyToECDSA(key: string): object;
    verifySignature(key: object, body: Buffer, signature: string, timestamp: string): boolean;
  };
}

const sendgridKeys = keyPair("p256");

const sendgrid: OfficialPackage = {
  name: "@sendgrid/eventwebhook",
  provider: "sendgrid",
  type: "delivered",
  secret: sendgridKeys.pem,
  edit: ["--set", "[0].email=other@example.com"],
  isTimed: true,
  refusesOld: false,
  async verify({ body, headers }) {
    const { EventWebhook } = await official<SendGridModule>("@sendgrid/eventwebhook");
    const webhook = new EventWebhook();
    const key = webhook.convertPublicKeyToECDSA(sendgridKeys.spki.toString("base64"));
    const name = "x-twilio-email-event-webhook";
    return webhook.verifySignature(key, body, headers[`${name}-signature`] ?? "", headers[`${name}-timestamp`] ?? "");
  },
};

/** Mail, telephone and chat. */
export const messages: readonly OfficialPackage[] = [slack, twilio, twilioJson, zoom, line, discord, sendgrid];
