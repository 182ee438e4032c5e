import { isoSeconds, isoTime, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

const PREFIX = "zen:event-type:";

function event(name: string, subject: string, detail: (make: Maker) => JsonFields, change: JsonFields = {}): Sample {
  const type = PREFIX + name;
  const kind = name.split(".")[0] ?? name;
  return {
    type,
    aliases: [name],
    build: (make) => ({
      account_id: make.ids.number("account", 8),
      detail: detail(make),
      event: change,
      id: make.eventId,
      subject: `${subject}:${make.ids.digits(kind, 6)}`,
      time: isoTime(make.atMs),
      type,
      zendesk_event_version: "2022-11-06",
    }),
  };
}

function ticket(status: string): (make: Maker) => JsonFields {
  return (make) => ({
    actor_id: make.ids.digits("requester", 13),
    assignee_id: make.ids.digits("assignee", 13),
    brand_id: make.ids.digits("brand", 13),
    created_at: isoSeconds(make.bornMs),
    custom_status: make.ids.digits("status", 13),
    description: "My order has not arrived.",
    external_id: null,
    form_id: make.ids.digits("form", 13),
    group_id: make.ids.digits("group", 13),
    id: make.ids.digits("ticket", 6),
    is_public: true,
    organization_id: make.ids.digits("organization", 13),
    priority: "NORMAL",
    requester_id: make.ids.digits("requester", 13),
    status,
    subject: "Where is my order?",
    submitter_id: make.ids.digits("requester", 13),
    tags: ["shipping"],
    type: "QUESTION",
    updated_at: isoSeconds(make.atMs),
    via: { channel: "web_service" },
  });
}

function user(make: Maker): JsonFields {
  return {
    created_at: isoSeconds(make.bornMs),
    email: "alice@example.com",
    external_id: "",
    id: make.ids.digits("user", 6),
    role: "end-user",
    updated_at: isoSeconds(make.atMs),
  };
}

export const zendesk: Samples = {
  provider: "zendesk",
  source: "https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/",
  types: [
    event("ticket.created", "zen:ticket", ticket("NEW")),
    event("ticket.status_changed", "zen:ticket", ticket("OPEN"), { current: "OPEN", previous: "NEW" }),
    event("ticket.priority_changed", "zen:ticket", ticket("OPEN"), { current: "NORMAL", previous: "LOW" }),
    event("user.created", "zen:user", user),
    event("user.deleted", "zen:user", user),
  ],
  eventId: (own) => own.uuid("event"),
  snapshot: "detail",
};
