import { isoTime, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

function event(type: string, build: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make) => ({
      version: 1,
      application_id: make.ids.digits("application", 19),
      type: 1,
      event: { type, timestamp: isoTime(make.atMs), data: build(make) },
    }),
  };
}

function user({ ids }: Maker): JsonFields {
  return { id: ids.digits("user", 18), username: "alice", discriminator: "0", avatar: null, global_name: "Alice" };
}

function entitlement({ ids, bornMs }: Maker): JsonFields {
  return {
    id: ids.digits("entitlement", 19),
    sku_id: ids.digits("sku", 19),
    application_id: ids.digits("application", 19),
    user_id: ids.digits("user", 18),
    type: 8,
    deleted: false,
    starts_at: isoTime(bornMs),
    ends_at: null,
    consumed: false,
  };
}

export const discord: Samples = {
  provider: "discord",
  source: "https://docs.discord.com/developers/events/webhook-events",
  types: [
    event("APPLICATION_AUTHORIZED", (make) => ({
      integration_type: 1,
      scopes: ["applications.commands"],
      user: user(make),
    })),
    event("APPLICATION_DEAUTHORIZED", (make) => ({ user: user(make) })),
    event("ENTITLEMENT_CREATE", entitlement),
    event("ENTITLEMENT_UPDATE", entitlement),
    {
      type: "0",
      aliases: ["PING"],
      build: ({ ids }) => ({ version: 1, application_id: ids.digits("application", 19), type: 0 }),
    },
  ],
  eventId: (own) => own.digits("event", 19),
};
