import type { Scheme } from "../scheme.ts";

/** A format of events, not a signature: the sender is known by a token, if at all. */
export const cloudevents: Scheme = {
  name: "cloudevents",
  title: "CloudEvents",
  source: "https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md",
  trust: "official",
  signature: { kind: "none" },
  eventId: "h:ce-id|b:id",
  eventType: "h:ce-type|b:type",
  headers: {
    "ce-specversion": "1.0",
    "ce-id": "{id}",
    "ce-type": "{type}",
    "ce-source": "https://example.com/hookcli",
    "ce-time": "{now}",
  },
  handshake: "cloudevents",
};
