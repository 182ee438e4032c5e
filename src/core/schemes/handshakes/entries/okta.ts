import type { Handshake } from "../handshake.ts";
import { headerSafe, jsonReply } from "../replies.ts";

/** Sent once, when an event hook is verified. */
export const okta: Handshake = {
  name: "okta",
  title: "Okta",
  source: "https://developer.okta.com/docs/concepts/event-hooks/#one-time-verification-request",
  shows: { in: "header", as: "x-okta-verification-challenge" },
  answer(view) {
    const verification = headerSafe(view.header("x-okta-verification-challenge"));
    if (view.message.method !== "GET" || verification === undefined) return undefined;
    return { reply: jsonReply({ verification }), note: "Okta verifies this address: its challenge went back." };
  },
};
