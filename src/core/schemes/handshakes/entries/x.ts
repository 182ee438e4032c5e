import { createHmac } from "node:crypto";
import type { Handshake } from "../handshake.ts";
import { keyFor, queryOf } from "../question.ts";
import { jsonReply, refused, tokenOf } from "../replies.ts";

/** Sent when the address is registered and every hour after. Only what is a token is signed, as with Zoom's. */
export const x: Handshake = {
  name: "x",
  title: "X",
  source: "https://docs.x.com/x-api/webhooks/quickstart",
  shows: { in: "query", as: "crc_token" },
  answer(view, context) {
    const token = tokenOf(queryOf(view).get("crc_token"));
    if (view.message.method !== "GET" || token === undefined) return undefined;
    const key = keyFor("x", context);
    if (!key) return refused("X wants its token signed: give the app's consumer secret with --secret.");
    const response = createHmac("sha256", key.text).update(token).digest("base64");
    return {
      reply: jsonReply({ response_token: `sha256=${response}` }),
      note: `X asks whether this address knows the secret: its token was signed with ${key.name}.`,
    };
  },
};
