import type { Scheme } from "../scheme.ts";

/** Id, time and body. */
export const twitch: Scheme = {
  name: "twitch",
  title: "Twitch EventSub",
  source: "https://dev.twitch.tv/docs/eventsub/handling-webhook-events",
  trust: "official",
  recognisedBy: { headers: ["twitch-eventsub-message-signature"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{id}{ts}{body}",
    headers: {
      "Twitch-Eventsub-Message-Id": "{id}",
      "Twitch-Eventsub-Message-Timestamp": "{ts}",
      "Twitch-Eventsub-Message-Signature": "sha256={sig}",
    },
    timestamp: { unit: "iso", toleranceMs: 600_000 },
  },
  eventId: "h:twitch-eventsub-message-id",
  eventType: "h:twitch-eventsub-subscription-type",
  headers: {
    "Twitch-Eventsub-Message-Retry": "0",
    "Twitch-Eventsub-Message-Type": "notification",
    "Twitch-Eventsub-Subscription-Type": "{type}",
    "Twitch-Eventsub-Subscription-Version": "1",
  },
  handshake: "twitch",
};
