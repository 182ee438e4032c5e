import { stepInto } from "../places.ts";
import { isTextAt } from "../recognised-by.ts";
import type { Scheme } from "../scheme.ts";

/** The form of commands and the JSON of events are signed alike. A time in the future passes its own check. */
export const slack: Scheme = {
  name: "slack",
  title: "Slack",
  source: "https://docs.slack.dev/authentication/verifying-requests-from-slack",
  trust: "measured",
  recognisedBy: {
    headers: ["x-slack-signature"],
    body: {
      says: "url_verification with token and challenge in the body",
      holds: ({ json }) =>
        stepInto(json, ["type"]) === "url_verification" && isTextAt(json, "token") && isTextAt(json, "challenge"),
      confidence: "likely",
    },
  },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "v0:{ts}:{body}",
    headers: { "X-Slack-Request-Timestamp": "{ts}", "X-Slack-Signature": "v0={sig}" },
    timestamp: { unit: "s", toleranceMs: 300_000 },
  },
  eventId: "b:event_id",
  eventType: "b:event.type|b:type|b:command",
  attempt: "h:x-slack-retry-num",
  attemptsFrom: 0,
  userAgent: "Slackbot 1.0 (+https://api.slack.com/robots)",
  handshake: "slack",
  schedule: "slack",
  ackBudgetMs: 3000,
  vectors: [
    {
      source: "https://docs.slack.dev/authentication/verifying-requests-from-slack",
      secret: "8f742231b10e8888abcd99yyyzzz85a5",
      headers: [
        "X-Slack-Request-Timestamp",
        "1531420618",
        "X-Slack-Signature",
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
      ],
      body: "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
    },
  ],
};
