import type { Scheme } from "../scheme.ts";

/** Recognised only. */
export const plaid: Scheme = {
  name: "plaid",
  title: "Plaid",
  source: "https://plaid.com/docs/api/webhooks/webhook-verification/",
  trust: "official",
  recognisedBy: { headers: ["plaid-verification"] },
  signature: { kind: "unjudged", why: "the key that Plaid's API gives out for the id in the token" },
  eventType: "b:webhook_type+b:webhook_code",
};
