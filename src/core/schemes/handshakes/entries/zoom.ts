import { createHmac } from "node:crypto";
import { fieldOf, keyFor } from "../question.ts";
import type { Handshake } from "../handshake.ts";
import { jsonReply, refused, tokenOf } from "../replies.ts";

/**
 * Zoom wants its token signed with the key that signs its events. Only what is a token is signed: with any other text the
 * answer would be a signature for an event of somebody's own making. Repeated every 72 hours.
 */
export const zoom: Handshake = {
  name: "zoom",
  title: "Zoom",
  source: "https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint",
  shows: { in: "field", as: "event" },
  answer(view, context) {
    if (fieldOf(view, "event") !== "endpoint.url_validation") return undefined;
    const plainToken = tokenOf(fieldOf(view, "payload.plainToken"));
    if (plainToken === undefined) return undefined;
    if (context.facts.verdict?.kind === "mismatch")
      return refused("Zoom's validation of this address is signed with another secret: give the app's secret token.");
    const key = keyFor("zoom", context);
    if (!key) return refused("Zoom wants its token signed: give the app's secret token with --secret.");
    const encryptedToken = createHmac("sha256", key.text).update(plainToken).digest("hex");
    return {
      reply: jsonReply({ plainToken, encryptedToken }),
      note: `Zoom asks whether this address knows the secret: its token was signed with ${key.name}.`,
    };
  },
};
