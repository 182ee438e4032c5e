import { isTextAt } from "../recognised-by.ts";
import type { Scheme } from "../scheme.ts";

/** A passcode inside the body. */
export const figma: Scheme = {
  name: "figma",
  title: "Figma",
  source: "https://developers.figma.com/docs/rest-api/webhooks/",
  trust: "official",
  recognisedBy: {
    body: {
      says: "passcode and event_type in the body",
      holds: ({ json }) => isTextAt(json, "passcode") && isTextAt(json, "event_type"),
    },
  },
  signature: { kind: "static", place: "b:passcode" },
  eventType: "b:event_type",
  handshake: "figma",
  schedule: "figma",
};
