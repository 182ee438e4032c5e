import { askedWith } from "../recognised-by.ts";
import type { Scheme } from "../scheme.ts";

/** Recognised only. */
export const braintree: Scheme = {
  name: "braintree",
  title: "Braintree",
  source: "https://developer.paypal.com/braintree/docs/guides/webhooks/parse/",
  trust: "code",
  recognisedBy: {
    query: askedWith("bt_challenge"),
    body: { says: "bt_signature in the form", holds: ({ form }) => form.has("bt_signature") },
  },
  signature: { kind: "unjudged", why: "a pair of keys and an XML document inside a form, which hookcli does not read" },
  contentType: "application/x-www-form-urlencoded",
  handshake: "braintree",
};
