import type { Scheme } from "../scheme.ts";

/** Recognised only. */
export const messagebird: Scheme = {
  name: "messagebird",
  title: "MessageBird",
  source: "https://developers.messagebird.com/api/#verifying-http-requests",
  trust: "code",
  recognisedBy: { headers: ["messagebird-signature-jwt"] },
  signature: { kind: "unjudged", why: "a JSON web token, which hookcli does not read" },
};
