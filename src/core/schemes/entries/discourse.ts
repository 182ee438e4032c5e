import type { Scheme } from "../scheme.ts";

/** A web hook of a forum. */
export const discourse: Scheme = {
  name: "discourse",
  title: "Discourse",
  source: "https://github.com/discourse/discourse/blob/main/app/jobs/regular/emit_web_hook_event.rb",
  trust: "code",
  recognisedBy: { headers: ["x-discourse-event"] },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Discourse-Event-Signature": "sha256={sig}" },
  },
  eventId: "h:x-discourse-event-id",
  eventType: "h:x-discourse-event",
  headers: { "X-Discourse-Event-Id": "{id}", "X-Discourse-Event": "{type}" },
  vectors: [
    {
      source: "https://github.com/discourse/discourse/blob/main/spec/jobs/regular/emit_web_hook_event_spec.rb",
      secret: "my_lovely_secret_for_web_hook",
      headers: [
        "X-Discourse-Event-Signature",
        "sha256=162f107f6b5022353274eb1a7197885cfd35744d8d08e5bcea025d309386b7d6",
      ],
      body: '{"ping":"OK"}',
    },
  ],
};
