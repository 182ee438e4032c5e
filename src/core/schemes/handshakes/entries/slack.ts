import { fieldOf } from "../question.ts";
import type { Handshake } from "../handshake.ts";
import { echoable, textReply } from "../replies.ts";

/** Sent once, when the address is entered. */
export const slack: Handshake = {
  name: "slack",
  title: "Slack",
  source: "https://docs.slack.dev/reference/events/url_verification",
  shows: { in: "field", as: "challenge" },
  answer(view) {
    if (fieldOf(view, "type") !== "url_verification") return undefined;
    const challenge = echoable(fieldOf(view, "challenge"));
    if (challenge === undefined) return undefined;
    return { reply: textReply(challenge), note: "Slack asks whether this address answers: its challenge went back." };
  },
};
