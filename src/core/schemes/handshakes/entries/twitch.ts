import { fieldOf } from "../question.ts";
import type { Handshake } from "../handshake.ts";
import { echoable, textReply } from "../replies.ts";

/** Sent for each new subscription of EventSub; the answer is the bare challenge. */
export const twitch: Handshake = {
  name: "twitch",
  title: "Twitch",
  source: "https://dev.twitch.tv/docs/eventsub/handling-webhook-events/#responding-to-a-challenge-request",
  shows: { in: "header", as: "twitch-eventsub-message-type" },
  answer(view) {
    if (view.header("twitch-eventsub-message-type") !== "webhook_callback_verification") return undefined;
    const challenge = echoable(fieldOf(view, "challenge"));
    if (challenge === undefined) return undefined;
    return { reply: textReply(challenge), note: "Twitch sets up a subscription: its challenge went back." };
  },
};
