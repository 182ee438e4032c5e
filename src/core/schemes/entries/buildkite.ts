import type { Scheme } from "../scheme.ts";

/** The signature, which a hook has in place of a token that is merely sent along. */
export const buildkite: Scheme = {
  name: "buildkite",
  title: "Buildkite",
  source: "https://buildkite.com/docs/apis/webhooks/pipelines",
  trust: "official",
  recognisedBy: { headers: ["x-buildkite-event"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{ts}.{body}",
    headers: { "X-Buildkite-Signature": "timestamp={ts},signature={sig}" },
    separator: ",",
    timestamp: { unit: "s" },
  },
  eventType: "h:x-buildkite-event|b:event",
  headers: { "X-Buildkite-Event": "{type}", "X-Buildkite-Request": "{uuid}" },
  userAgent: "Buildkite-Request",
};
