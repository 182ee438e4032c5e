import type { Handshake } from "../handshake.ts";
import { queryOf } from "../question.ts";
import { echoable, textReply } from "../replies.ts";

/** Sent when the address is entered. Nylas asks in the very same way, and wants the same answer. */
export const dropbox: Handshake = {
  name: "dropbox",
  title: "Dropbox or Nylas",
  source: "https://www.dropbox.com/developers/reference/webhooks#documentation",
  shows: { in: "query", as: "challenge" },
  answer(view) {
    const challenge = echoable(queryOf(view).get("challenge"));
    if (view.message.method !== "GET" || challenge === undefined) return undefined;
    return {
      reply: textReply(challenge),
      note: "The sender asks whether this address answers, as Dropbox and Nylas do: its challenge went back.",
    };
  },
};
