import { type JsonFields, type Maker, type Sample, type Samples, unixSeconds } from "../sample.ts";

function change(type: string, object: string, field: string, value: (make: Maker) => JsonFields): Sample {
  return {
    type,
    readsAs: `${object}.${field}`,
    build: (make) => ({
      object,
      entry: [
        {
          id: make.ids.digits("account", 15),
          ...(object === "whatsapp_business_account" ? {} : { time: unixSeconds(make.atMs) }),
          changes: [{ value: value(make), field }],
        },
      ],
    }),
  };
}

function whatsapp(make: Maker): JsonFields {
  return {
    messaging_product: "whatsapp",
    metadata: {
      display_phone_number: "15550783881",
      phone_number_id: make.ids.digits("phone", 15),
    },
  };
}

function incoming(make: Maker): JsonFields {
  const sender = "16505551234";
  return {
    ...whatsapp(make),
    contacts: [{ profile: { name: "Alice Example" }, wa_id: sender }],
    messages: [
      {
        from: sender,
        id: make.eventId,
        timestamp: String(unixSeconds(make.atMs)),
        type: "text",
        text: { body: "Does it come in another color?" },
      },
    ],
  };
}

function status(make: Maker): JsonFields {
  return {
    ...whatsapp(make),
    statuses: [
      {
        id: make.eventId,
        status: "delivered",
        timestamp: String(unixSeconds(make.atMs)),
        recipient_id: "16505551234",
      },
    ],
  };
}

export const meta: Samples = {
  provider: "meta",
  source: "https://developers.facebook.com/docs/graph-api/webhooks/reference",
  types: [
    {
      ...change("whatsapp_business_account.messages", "whatsapp_business_account", "messages", incoming),
      aliases: ["messages", "whatsapp.messages"],
    },
    {
      ...change("whatsapp_business_account.statuses", "whatsapp_business_account", "messages", status),
      aliases: ["statuses", "whatsapp.statuses"],
    },
    change("page.feed", "page", "feed", (make) => ({
      item: "status",
      post_id: `${make.ids.digits("account", 15)}_${make.ids.digits("post", 15)}`,
      verb: "add",
      published: 1,
      created_time: unixSeconds(make.atMs),
      message: "Example post content.",
      from: { name: "Alice Example", id: make.ids.digits("author", 15) },
    })),
    change("page.leadgen", "page", "leadgen", (make) => ({
      leadgen_id: make.ids.digits("lead", 15),
      page_id: make.ids.digits("account", 15),
      form_id: make.ids.digits("form", 15),
      created_time: unixSeconds(make.atMs),
    })),
    change("instagram.comments", "instagram", "comments", (make) => ({
      from: { id: make.ids.digits("author", 15), username: "alice" },
      id: make.ids.digits("comment", 17),
      text: "This is an example.",
    })),
  ],
  eventId: (own) => `wamid.${own.mixed("event", 56)}`,
  encoding: "json-ascii",
};
