import { isoTime, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

type Build = (make: Maker) => { readonly data: JsonFields; readonly updatedFrom?: JsonFields; readonly url: string };

function event(kind: string, action: "create" | "update" | "remove", build: Build): Sample {
  return {
    type: `${kind}.${action}`,
    build: (make) => {
      const { data, updatedFrom, url } = build(make);
      return {
        action,
        type: kind,
        createdAt: isoTime(make.atMs),
        data,
        ...(updatedFrom ? { updatedFrom } : {}),
        url,
        actor: { id: make.ids.uuid("actor"), type: "user", name: "Alice Example", email: "alice@example.com" },
        organizationId: make.ids.uuid("organization"),
        webhookTimestamp: make.atMs,
        webhookId: make.ids.uuid("webhook"),
      };
    },
  };
}

function issue(make: Maker): ReturnType<Build> {
  const number = make.ids.number("issue", 3);
  const { ids } = make;
  return {
    data: {
      id: ids.uuid("issue"),
      identifier: `ENG-${number}`,
      number,
      title: "Checkout fails with an empty cart",
      description: "Steps: open the cart, remove everything, press Checkout.",
      priority: 2,
      priorityLabel: "High",
      stateId: ids.uuid("state"),
      assigneeId: ids.uuid("assignee"),
      teamId: ids.uuid("team"),
      labelIds: [ids.uuid("label")],
      subscriberIds: [ids.uuid("actor")],
      createdAt: isoTime(make.bornMs),
      updatedAt: isoTime(make.atMs),
      archivedAt: null,
    },
    url: `https://linear.app/example/issue/ENG-${number}`,
  };
}

function issueUpdate(make: Maker): ReturnType<Build> {
  const number = make.ids.number("issue", 3);
  const { ids } = make;
  return {
    data: {
      id: ids.uuid("issue"),
      identifier: `ENG-${number}`,
      number,
      stateId: ids.uuid("started"),
      assigneeId: ids.uuid("assignee"),
      startedAt: isoTime(make.atMs),
      completedAt: null,
      updatedAt: isoTime(make.atMs),
    },
    updatedFrom: { stateId: ids.uuid("state"), startedAt: null, updatedAt: isoTime(make.bornMs) },
    url: `https://linear.app/example/issue/ENG-${number}`,
  };
}

function comment(make: Maker): ReturnType<Build> {
  const id = make.ids.uuid("comment");
  return {
    data: {
      id,
      body: "I can reproduce this.",
      issueId: make.ids.uuid("issue"),
      userId: make.ids.uuid("actor"),
      createdAt: isoTime(make.bornMs),
      updatedAt: isoTime(make.atMs),
    },
    url: `https://linear.app/example/issue/ENG-${make.ids.number("issue", 3)}#comment-${id.slice(0, 8)}`,
  };
}

function project(make: Maker): ReturnType<Build> {
  return {
    data: {
      id: make.ids.uuid("project"),
      name: "Checkout",
      description: "",
      createdAt: isoTime(make.bornMs),
      updatedAt: isoTime(make.atMs),
    },
    url: "https://linear.app/example/project/checkout",
  };
}

/** The kind of object is named in a header, what was done with it in the body. */
export const linear: Samples = {
  provider: "linear",
  source: "https://linear.app/developers/webhooks",
  types: [
    event("Issue", "create", issue),
    event("Issue", "update", issueUpdate),
    event("Issue", "remove", issue),
    event("Comment", "create", comment),
    event("Project", "create", project),
  ],
  eventId: (own) => own.uuid("event"),
  headerType: (type) => type.split(".")[0] ?? type,
};
