import type { Handshake } from "../handshake.ts";
import { queryOf } from "../question.ts";
import { echoable, refused } from "../replies.ts";

/** Older webhooks only. Its answer needs two keys that belong together, where a secret is one. */
export const braintree: Handshake = {
  name: "braintree",
  title: "Braintree",
  source: "https://developer.paypal.com/braintree/docs/guides/webhooks/create",
  shows: { in: "query", as: "bt_challenge" },
  answer(view) {
    if (echoable(queryOf(view).get("bt_challenge")) === undefined) return undefined;
    return refused(
      "Braintree wants its challenge signed with a private and a public API key, which hookcli does not take: let your own handler answer it (webhookNotification.verify).",
      501,
    );
  },
};
