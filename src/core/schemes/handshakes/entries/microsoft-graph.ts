import type { Handshake } from "../handshake.ts";
import { queryOf } from "../question.ts";
import { echoable, textReply } from "../replies.ts";

/** Sent while the call that creates the subscription waits, for ten seconds. */
export const microsoftGraph: Handshake = {
  name: "microsoft-graph",
  title: "Microsoft Graph",
  source: "https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks#notificationurl-validation",
  shows: { in: "query", as: "validationToken" },
  answer(view) {
    const token = echoable(queryOf(view).get("validationToken"));
    if (token === undefined) return undefined;
    return {
      reply: textReply(token),
      note: "Microsoft Graph asks whether this address answers: its token went back.",
    };
  },
};
