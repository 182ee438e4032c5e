import type { JsonFields, Maker, Sample, Samples } from "../sample.ts";

function event(type: string, data: (make: Maker) => JsonFields): Sample {
  return { type, build: (make) => ({ data: data(make), object: "event", type }) };
}

function user(make: Maker): JsonFields {
  const emailId = `idn_${make.ids.mixed("email", 27)}`;
  return {
    id: `user_${make.ids.mixed("user", 27)}`,
    object: "user",
    first_name: "Alice",
    last_name: "Example",
    email_addresses: [
      {
        id: emailId,
        object: "email_address",
        email_address: "alice@example.com",
        verification: { status: "verified", strategy: "email_code" },
      },
    ],
    primary_email_address_id: emailId,
    created_at: make.bornMs,
    updated_at: make.atMs,
  };
}

function gone(kind: string, prefix: string): (make: Maker) => JsonFields {
  return ({ ids }) => ({ id: `${prefix}_${ids.mixed(kind, 27)}`, object: kind, deleted: true });
}

function session(make: Maker): JsonFields {
  return {
    id: `sess_${make.ids.mixed("session", 27)}`,
    object: "session",
    user_id: `user_${make.ids.mixed("user", 27)}`,
    client_id: `client_${make.ids.mixed("client", 27)}`,
    status: "active",
    last_active_at: make.atMs,
    created_at: make.bornMs,
    updated_at: make.atMs,
  };
}

function organization(make: Maker): JsonFields {
  return {
    id: `org_${make.ids.mixed("organization", 27)}`,
    object: "organization",
    name: "Example Inc",
    slug: "example-inc",
    created_by: `user_${make.ids.mixed("user", 27)}`,
    created_at: make.bornMs,
    updated_at: make.atMs,
  };
}

export const clerk: Samples = {
  provider: "clerk",
  source: "https://clerk.com/docs/guides/development/webhooks/overview",
  types: [
    event("user.created", user),
    event("user.updated", user),
    event("user.deleted", gone("user", "user")),
    event("session.created", session),
    event("organization.created", organization),
  ],
  eventId: (own) => `msg_${own.mixed("event", 27)}`,
  snapshot: "data",
};
