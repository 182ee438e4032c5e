import type { Scheme } from "../scheme.ts";

/** The body alone. */
export const calCom: Scheme = {
  name: "cal-com",
  title: "Cal.com",
  source: "https://trigger.dev/docs/webhooks/providers/cal-com",
  trust: "secondary",
  recognisedBy: { headers: ["x-cal-signature-256"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Cal-Signature-256": "{sig}" },
  },
  eventType: "b:triggerEvent",
};
