import type { Scheme } from "../scheme.ts";

/** Recognised only. */
export const livekit: Scheme = {
  name: "livekit",
  title: "LiveKit",
  source: "https://docs.livekit.io/home/server/webhooks/",
  trust: "code",
  signature: { kind: "unjudged", why: "a JSON web token, which hookcli does not read" },
  eventId: "b:id",
  eventType: "b:event",
  contentType: "application/webhook+json",
};
