import { type JsonFields, type Maker, type Sample, type Samples, unixSeconds } from "../sample.ts";

function event(type: string, itemOf: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make) => ({
      type: "notification_event",
      app_id: make.ids.small("app", 8),
      data: { item: itemOf(make) },
      id: make.eventId,
      topic: type,
      delivery_attempts: 1,
      first_sent_at: unixSeconds(make.atMs),
      created_at: unixSeconds(make.atMs),
    }),
  };
}

function conversation(state: "open" | "closed"): (make: Maker) => JsonFields {
  return (make) => ({
    type: "conversation",
    id: make.ids.digits("conversation", 12),
    created_at: unixSeconds(make.bornMs),
    updated_at: unixSeconds(make.atMs),
    waiting_since: unixSeconds(make.bornMs),
    snoozed_until: null,
    source: {
      type: "conversation",
      id: make.ids.digits("source", 10),
      delivered_as: "customer_initiated",
      subject: "",
      body: "<p>Where is my order?</p>",
      author: { type: "user", id: make.ids.hex("user", 24), name: "Alice Example", email: "alice@example.com" },
      attachments: [],
      url: null,
      redacted: false,
    },
    contacts: { type: "contact.list", contacts: [{ type: "contact", id: make.ids.hex("user", 24) }] },
    teammates: null,
    admin_assignee_id: null,
    team_assignee_id: make.ids.digits("team", 7),
    open: state === "open",
    state,
    read: false,
    tags: { type: "tag.list", tags: [] },
    priority: "not_priority",
    conversation_rating: null,
    conversation_parts: { type: "conversation_part.list", conversation_parts: [], total_count: 0 },
  });
}

function contact(make: Maker): JsonFields {
  return {
    type: "contact",
    id: make.ids.hex("user", 24),
    role: "user",
    email: "alice@example.com",
    name: "Alice Example",
    created_at: unixSeconds(make.bornMs),
    updated_at: unixSeconds(make.atMs),
  };
}

export const intercom: Samples = {
  provider: "intercom",
  source: "https://developers.intercom.com/docs/references/webhooks/webhook-models",
  types: [
    event("conversation.user.created", conversation("open")),
    event("conversation.user.replied", conversation("open")),
    event("conversation.admin.closed", conversation("closed")),
    event("contact.user.created", contact),
    event("contact.user.updated", contact),
  ],
  eventId: (own) => `notif_${own.uuid("event")}`,
};
