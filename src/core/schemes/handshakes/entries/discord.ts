import { isFailed } from "../../../model/verdict.ts";
import { fieldOf } from "../question.ts";
import type { Handshake } from "../handshake.ts";
import { jsonReply, refused } from "../replies.ts";

/**
 * Interactions are pinged with type 1, webhook events with type 0; an event of theirs is a type 1 too and says so in a field.
 * Discord also pings with wrong signatures, and takes only addresses that refuse them.
 */
export const discord: Handshake = {
  name: "discord",
  title: "Discord",
  source: "https://docs.discord.com/developers/events/webhook-events#preparing-for-events",
  shows: { in: "header", as: "x-signature-ed25519" },
  answer(view, { facts: { verdict } }) {
    const type = fieldOf(view, "type");
    if ((type !== 0 && type !== 1) || fieldOf(view, "event") !== undefined) return undefined;
    if (verdict && isFailed(verdict))
      return refused("A ping with a signature that does not hold: Discord sends some to see them refused.", 401);
    const isJudged = verdict?.kind === "verified";
    return {
      // The type of an empty answer is wanted too.
      reply:
        type === 1 ? jsonReply({ type: 1 }) : { status: 204, headers: ["Content-Type", "application/json"], body: "" },
      note: isJudged
        ? "Discord asks whether this address answers: its ping was answered."
        : "Discord's ping was answered, and so are its false ones: Discord takes the address only when hookcli knows the app's public key (--secret).",
    };
  },
};
