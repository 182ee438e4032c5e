import type { Handshake } from "../handshake.ts";
import { httpUrl } from "../question.ts";
import { headerSafe } from "../replies.ts";

/** Asks for the permission to send, before the first event. Azure Event Grid does so for the CloudEvents format. */
export const cloudevents: Handshake = {
  name: "cloudevents",
  title: "CloudEvents",
  source: "https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md#4-abuse-protection",
  shows: { in: "method", as: "OPTIONS" },
  answer(view) {
    const origin = headerSafe(view.header("webhook-request-origin"));
    if (origin === undefined) return undefined;
    const rate = view.header("webhook-request-rate");
    const allowedRate = rate === undefined ? [] : ["WebHook-Allowed-Rate", /^[1-9]\d{0,8}$/.test(rate) ? rate : "*"];
    const link = httpUrl(view.header("webhook-request-callback"));
    const headers = ["Allow", "POST", "WebHook-Allowed-Origin", origin, ...allowedRate];
    const toAgree = link === undefined ? "" : ", and visiting its link would do so too";
    return {
      reply: { status: 200, headers, body: "" },
      note: `${origin} was allowed to send events here${toAgree}.`,
      link,
    };
  },
};
