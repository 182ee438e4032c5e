import type { Scheme } from "../scheme.ts";

/** A token that is sent along. */
export const telegram: Scheme = {
  name: "telegram",
  title: "Telegram",
  source: "https://core.telegram.org/bots/api#setwebhook",
  trust: "official",
  recognisedBy: { headers: ["x-telegram-bot-api-secret-token"] },
  signature: { kind: "static", place: "h:x-telegram-bot-api-secret-token" },
  eventId: "b:update_id",
};
