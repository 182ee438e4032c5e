import type { Scheme } from "../scheme.ts";

/** Only the newest version in the header counts, and v1 is the newest that there is. */
export const circleci: Scheme = {
  name: "circleci",
  title: "CircleCI",
  source: "https://circleci.com/docs/guides/integration/outbound-webhooks/",
  trust: "official",
  recognisedBy: { headers: ["circleci-signature", "circleci-event-type"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "circleci-signature": "v1={sig}" },
    separator: ",",
  },
  eventId: "b:id",
  eventType: "h:circleci-event-type",
  headers: { "circleci-event-type": "{type}" },
  userAgent: "CircleCI-Webhook/1.0",
  schedule: "circleci",
  ackBudgetMs: 10_000,
  vectors: [
    {
      source: "https://circleci.com/docs/guides/integration/outbound-webhooks/",
      secret: "secret",
      headers: ["circleci-signature", "v1=734cc62f32841568f45715aeb9f4d7891324e6d948e4c6c60c0621cdac48623a"],
      body: "hello world",
    },
    {
      source: "https://circleci.com/docs/guides/integration/outbound-webhooks/",
      secret: "another-secret",
      headers: ["circleci-signature", "v1=daa220016c8f29a8b214fbfc3671aeec2145cfb1e6790184ffb38b6d0425fa00"],
      body: "lalala",
    },
    {
      source: "https://circleci.com/docs/guides/integration/outbound-webhooks/",
      secret: "hunter123",
      headers: ["circleci-signature", "v1=9be2242094a9a8c00c64306f382a7f9d691de910b4a266f67bd314ef18ac49fa"],
      body: "an-important-request-payload",
    },
  ],
};
