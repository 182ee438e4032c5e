import type { Scheme } from "../scheme.ts";

/** Signed with a key on the curve P-256: the secret is the public key, for sending a private one. The body is a list, often with a line end behind it. */
export const sendgrid: Scheme = {
  name: "sendgrid",
  title: "SendGrid",
  source:
    "https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features",
  trust: "measured",
  recognisedBy: { headers: ["x-twilio-email-event-webhook-signature"] },
  signature: {
    kind: "template",
    algorithm: "ecdsa-p256-sha256",
    encoding: "base64",
    key: "ecdsa",
    content: "{ts}{body}",
    headers: { "X-Twilio-Email-Event-Webhook-Timestamp": "{ts}", "X-Twilio-Email-Event-Webhook-Signature": "{sig}" },
    timestamp: { unit: "s" },
  },
  eventId: "b:0.sg_event_id",
  eventType: "b:0.event",
  userAgent: "SendGrid Event API",
  sdk: ["no-age-check"],
  vectors: [
    {
      source: "https://github.com/sendgrid/sendgrid-nodejs/blob/main/packages/eventwebhook/src/eventwebhook.spec.js",
      secret:
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
      headers: [
        "X-Twilio-Email-Event-Webhook-Timestamp",
        "1600112502",
        "X-Twilio-Email-Event-Webhook-Signature",
        "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
      ],
      body: '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n',
    },
  ],
};
