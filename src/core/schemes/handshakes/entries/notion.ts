import { fieldOf } from "../question.ts";
import type { Handshake } from "../handshake.ts";
import { textReply, tokenOf } from "../replies.ts";

/** Sent once and unsigned, when the address is entered. The person pastes it into Notion, and events are signed with it. */
export const notion: Handshake = {
  name: "notion",
  title: "Notion",
  source: "https://developers.notion.com/reference/webhooks",
  shows: { in: "field", as: "verification_token" },
  answer(view) {
    const token = tokenOf(fieldOf(view, "verification_token"));
    if (token === undefined || fieldOf(view, "type") !== undefined) return undefined;
    return {
      reply: textReply("ok\n"),
      note: `Notion wants this token pasted into its page for the webhook, and signs its events with it: ${token}`,
    };
  },
};
