import { isoSeconds, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

const API = "https://api.bitbucket.org/2.0";
const WEB = "https://bitbucket.org";
const NAME = "example/storefront";

function links(path: string): JsonFields {
  return { self: { href: `${API}/${path}` }, html: { href: `${WEB}/${path}` } };
}

function person({ ids }: Maker): JsonFields {
  const uuid = `{${ids.uuid("person")}}`;
  return {
    display_name: "Alice Example",
    links: links(encodeURIComponent(uuid)),
    type: "user",
    uuid,
    account_id: ids.hex("person", 24),
    nickname: "alice",
  };
}

function repository({ ids }: Maker): JsonFields {
  return {
    type: "repository",
    full_name: NAME,
    links: links(`repositories/${NAME}`),
    name: "storefront",
    scm: "git",
    website: null,
    owner: { display_name: "example", type: "team", uuid: `{${ids.uuid("owner")}}`, username: "example" },
    workspace: { type: "workspace", uuid: `{${ids.uuid("owner")}}`, name: "example", slug: "example" },
    is_private: true,
    uuid: `{${ids.uuid("repository")}}`,
  };
}

function event(type: string, fields: (make: Maker) => JsonFields): Sample {
  return { type, build: (make) => ({ ...fields(make), repository: repository(make), actor: person(make) }) };
}

function commitOf(make: Maker, name: string): JsonFields {
  const hash = make.ids.hex(name, 40);
  return { type: "commit", hash, links: links(`repositories/${NAME}/commit/${hash}`) };
}

function push(make: Maker): JsonFields {
  const branch = { name: "main", type: "branch" };
  return {
    push: {
      changes: [
        {
          old: { ...branch, target: commitOf(make, "before") },
          new: { ...branch, target: commitOf(make, "after") },
          truncated: false,
          created: false,
          forced: false,
          closed: false,
          commits: [{ ...commitOf(make, "after"), message: "Update README\n" }],
        },
      ],
    },
  };
}

function pullRequest(state: "OPEN" | "MERGED" | "DECLINED"): (make: Maker) => JsonFields {
  return (make) => {
    const id = make.ids.number("pullrequest", 2);
    const side = (branch: string): JsonFields => ({ branch: { name: branch }, commit: commitOf(make, branch) });
    return {
      pullrequest: {
        comment_count: 0,
        task_count: 0,
        type: "pullrequest",
        id,
        title: "Update the README",
        description: "A small change.",
        state,
        merge_commit: state === "MERGED" ? commitOf(make, "merge") : null,
        close_source_branch: false,
        closed_by: state === "OPEN" ? null : person(make),
        author: person(make),
        reason: "",
        created_on: isoSeconds(make.bornMs),
        updated_on: isoSeconds(make.atMs),
        destination: side("main"),
        source: side("readme"),
        reviewers: [],
        participants: [],
        links: links(`repositories/${NAME}/pullrequests/${id}`),
      },
    };
  };
}

export const bitbucket: Samples = {
  provider: "bitbucket",
  source: "https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/",
  types: [
    event("repo:push", push),
    event("pullrequest:created", pullRequest("OPEN")),
    event("pullrequest:updated", pullRequest("OPEN")),
    event("pullrequest:fulfilled", pullRequest("MERGED")),
    event("pullrequest:rejected", pullRequest("DECLINED")),
  ],
  eventId: (own) => own.uuid("event"),
};
