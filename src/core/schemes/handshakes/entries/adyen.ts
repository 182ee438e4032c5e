import { fieldOf } from "../question.ts";
import type { Handshake } from "../handshake.ts";
import { textReply } from "../replies.ts";

/** The test that a person starts from Adyen's pages: its payments are made up and named so. */
export const adyen: Handshake = {
  name: "adyen",
  title: "Adyen",
  source: "https://docs.adyen.com/development-resources/webhooks/configure-and-manage#test-webhook",
  shows: { in: "field", as: "notificationItems" },
  answer(view) {
    const reference = fieldOf(view, "notificationItems.0.NotificationRequestItem.pspReference");
    if (typeof reference !== "string" || !reference.startsWith("test_")) return undefined;
    // Webhooks that were set up before 2xx was enough want this very text.
    return { reply: textReply("[accepted]"), note: "Adyen's test of this address: it was accepted." };
  },
};
