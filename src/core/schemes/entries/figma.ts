import type { Scheme } from "../scheme.ts";

/** A passcode inside the body. */
export const figma: Scheme = {
  name: "figma",
  title: "Figma",
  source: "https://developers.figma.com/docs/rest-api/webhooks/",
  trust: "official",
  signature: { kind: "static", place: "b:passcode" },
  eventType: "b:event_type",
  handshake: "figma",
  schedule: "figma",
};
