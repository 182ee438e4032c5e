import type { Handshake } from "../handshake.ts";
import { textReply } from "../replies.ts";

/** Sent while the call that creates the webhook waits. */
export const trello: Handshake = {
  name: "trello",
  title: "Trello",
  source: "https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/",
  shows: { in: "method", as: "HEAD" },
  answer(_, { facts: { provider } }) {
    if (provider !== undefined && provider !== "trello") return undefined;
    return {
      reply: textReply(""),
      note: "The sender asks whether this address answers, as Trello does before it sets up a webhook.",
    };
  },
};
