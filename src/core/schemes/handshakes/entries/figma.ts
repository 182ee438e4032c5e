import { fieldOf } from "../question.ts";
import type { Handshake } from "../handshake.ts";
import { textReply } from "../replies.ts";

/** The first event of each webhook. */
export const figma: Handshake = {
  name: "figma",
  title: "Figma",
  source: "https://www.figma.com/developers/api#webhooks_v2",
  shows: { in: "field", as: "passcode" },
  answer(view) {
    if (fieldOf(view, "event_type") !== "PING" || fieldOf(view, "passcode") === undefined) return undefined;
    return { reply: textReply("pong\n"), note: "Figma's first event for a new webhook: it was answered." };
  },
};
