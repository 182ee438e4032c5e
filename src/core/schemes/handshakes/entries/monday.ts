import { fieldOf } from "../question.ts";
import type { Handshake } from "../handshake.ts";
import { echoable, jsonReply } from "../replies.ts";

/** A body with a challenge and nothing else in it. */
export const monday: Handshake = {
  name: "monday",
  title: "monday.com",
  source: "https://developer.monday.com/api-reference/docs/webhooks#url-verification",
  shows: { in: "field", as: "challenge" },
  answer(view) {
    const challenge = echoable(fieldOf(view, "challenge"));
    if (challenge === undefined || fieldNames(view.json).length !== 1) return undefined;
    return {
      reply: jsonReply({ challenge }),
      note: "The sender asks whether this address answers, as monday.com does: its challenge went back.",
    };
  },
};

function fieldNames(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}
