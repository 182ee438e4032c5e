import { isoTime, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

function event(type: string, kind: "page" | "database" | "comment", data: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make) => ({
      id: make.eventId,
      timestamp: isoTime(make.atMs),
      workspace_id: make.ids.uuid("workspace"),
      workspace_name: "Example Workspace",
      subscription_id: make.ids.uuid("subscription"),
      integration_id: make.ids.uuid("integration"),
      type,
      authors: [{ id: make.ids.uuid("author"), type: "person" }],
      attempt_number: 1,
      entity: { id: make.ids.uuid(kind), type: kind },
      data: data(make),
    }),
  };
}

function inDatabase({ ids }: Maker): JsonFields {
  return { parent: { id: ids.uuid("database"), type: "database" } };
}

export const notion: Samples = {
  provider: "notion",
  source: "https://developers.notion.com/reference/webhooks-events-delivery",
  types: [
    event("page.created", "page", inDatabase),
    event("page.content_updated", "page", ({ ids }) => ({
      updated_blocks: [{ id: ids.uuid("block"), type: "block" }],
      parent: { id: ids.uuid("parent"), type: "page" },
    })),
    event("page.properties_updated", "page", (make) => ({ ...inDatabase(make), updated_properties: ["title"] })),
    event("page.deleted", "page", inDatabase),
    event("comment.created", "comment", ({ ids }) => ({
      page_id: ids.uuid("page"),
      parent: { id: ids.uuid("page"), type: "page" },
    })),
  ],
  eventId: (own) => own.uuid("event"),
  snapshot: "data",
};
