import { secretsFor } from "../../../model/secret.ts";
import { isEqual } from "../../digest.ts";
import type { Handshake } from "../handshake.ts";
import { queryOf } from "../question.ts";
import { echoable, refused, textReply } from "../replies.ts";

/**
 * Sent when the address is entered, for WhatsApp, Messenger and Instagram alike. The verify token is one that a person made
 * up for Meta: where secrets are known that count for Meta, those for any provider among them, it must be one of these. A
 * wrong one is refused as a wrong signature is.
 */
export const meta: Handshake = {
  name: "meta",
  title: "Meta",
  source: "https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests",
  shows: { in: "query", as: "hub.challenge" },
  answer(view, { secrets }) {
    const query = queryOf(view);
    const challenge = echoable(query.get("hub.challenge"));
    // WebSub asks in nearly the same way, about a topic.
    const isMetas = query.get("hub.mode") === "subscribe" && query.has("hub.verify_token") && !query.has("hub.topic");
    if (view.message.method !== "GET" || !isMetas || challenge === undefined) return undefined;
    const token = query.get("hub.verify_token") ?? "";
    const own = secretsFor(secrets, "meta");
    const known = own.find(({ text }) => isEqual(text, token));
    if (!known && own.length > 0)
      return refused(
        "Meta's verify token is none of the secrets that count for meta: give it as one more, beside the app secret.",
      );
    const note = known
      ? `Meta subscribes, with the verify token of ${known.name}: its challenge went back.`
      : "Meta subscribes: its challenge went back, and its verify token was compared with nothing.";
    return { reply: textReply(challenge), note };
  },
};
