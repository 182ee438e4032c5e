import type { Scheme } from "../scheme.ts";

/** Recognised only. */
export const sns: Scheme = {
  name: "sns",
  title: "Amazon SNS",
  source: "https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html",
  trust: "official",
  recognisedBy: { headers: ["x-amz-sns-message-type"] },
  signature: { kind: "unjudged", why: "the certificate that SigningCertURL names, which only the network has" },
  eventId: "h:x-amz-sns-message-id|b:MessageId",
  eventType: "h:x-amz-sns-message-type|b:Type",
  contentType: "text/plain; charset=UTF-8",
  userAgent: "Amazon Simple Notification Service Agent",
  handshake: "sns",
  schedule: "sns",
};
