import { fieldOf, httpUrl } from "../question.ts";
import type { Handshake } from "../handshake.ts";
import { headerSafe, textReply } from "../replies.ts";

/** Until its link is visited, SNS sends nothing else. Anyone can send such a link, so it is only shown. */
export const sns: Handshake = {
  name: "sns",
  title: "Amazon SNS",
  source: "https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html",
  shows: { in: "header", as: "x-amz-sns-message-type" },
  answer(view) {
    const type = view.header("x-amz-sns-message-type");
    if (type !== "SubscriptionConfirmation" && type !== "UnsubscribeConfirmation") return undefined;
    const link = httpUrl(fieldOf(view, "SubscribeURL"));
    if (link === undefined) return undefined;
    const topic = headerSafe(fieldOf(view, "TopicArn")) ?? "a topic";
    const says =
      type === "SubscriptionConfirmation"
        ? `SNS subscribes this address to ${topic}: visit the link to agree`
        : `SNS ended the subscription to ${topic}: visiting the link would renew it`;
    const warning = isAmazons(link) ? "" : ", but it is not Amazon's";
    return { reply: textReply("ok\n"), note: `${says}${warning}.`, link };
  },
};

function isAmazons(link: string): boolean {
  const { protocol, hostname } = new URL(link);
  return protocol === "https:" && /^sns\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(hostname);
}
