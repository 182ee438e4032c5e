import type { Handshake } from "../handshake.ts";
import { headerSafe, textReply } from "../replies.ts";

/** Sent while the call that creates the webhook waits. What it carries signs every event from then on, and is sent once. */
export const asana: Handshake = {
  name: "asana",
  title: "Asana",
  source: "https://developers.asana.com/docs/webhooks-guide#the-webhook-handshake",
  shows: { in: "header", as: "x-hook-secret" },
  answer(view) {
    const secret = headerSafe(view.header("x-hook-secret"));
    if (secret === undefined || view.header("x-hook-signature") !== undefined) return undefined;
    const { status, headers, body } = textReply("");
    return {
      reply: { status, headers: [...headers, "X-Hook-Secret", secret], body },
      note: `Asana sets up a webhook and was answered; its events are signed with this secret, which it sends only now: ${secret}`,
    };
  },
};
