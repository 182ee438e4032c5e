import type { Handshake } from "../handshake.ts";
import { textReply } from "../replies.ts";

/** The first event of each webhook. */
export const github: Handshake = {
  name: "github",
  title: "GitHub",
  source: "https://docs.github.com/en/webhooks/webhook-events-and-payloads#ping",
  shows: { in: "header", as: "x-github-event" },
  answer(view) {
    if (view.header("x-github-event") !== "ping") return undefined;
    return { reply: textReply("pong\n"), note: "GitHub's first event for a new webhook: it was answered." };
  },
};
