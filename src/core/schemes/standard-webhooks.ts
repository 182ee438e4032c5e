import type { KeyForm, TemplateSignature } from "./scheme.ts";

/** Content and times are one; what its users do differently are the names of the headers and the form of the key. */
interface Variant {
  /** What the names begin with: `webhook` or `svix`. */
  readonly prefix?: "webhook" | "svix";
  readonly key?: KeyForm;
}

/**
 * The signature of Standard Webhooks: a list of `v1,…` over id, time and body.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function standardWebhooks({ prefix = "webhook", key = "whsec" }: Variant = {}): TemplateSignature {
  return {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "base64",
    key,
    content: "{id}.{ts}.{body}",
    headers: { [`${prefix}-id`]: "{id}", [`${prefix}-timestamp`]: "{ts}", [`${prefix}-signature`]: "v1,{sig}" },
    separator: " ",
    timestamp: { unit: "s", toleranceMs: 300_000, refusesFuture: true },
  };
}
