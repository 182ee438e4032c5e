import type { Scheme } from "../scheme.ts";

/** Recognised only. */
export const messagebird: Scheme = {
  name: "messagebird",
  title: "MessageBird",
  source: "https://developers.messagebird.com/api/#verifying-http-requests",
  trust: "code",
  signature: { kind: "unjudged", why: "a JSON web token, which hookcli does not read" },
};
