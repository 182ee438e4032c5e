import { isoSeconds, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";
import { commit, links, octocat, repository } from "./github-objects.ts";

function event(type: string, fields: (make: Maker) => JsonFields, aliases: readonly string[] = []): Sample {
  const action = type.split(".")[1];
  return {
    type,
    aliases,
    build: (make) => ({ ...(action === undefined ? {} : { action }), ...fields(make), repository, sender: octocat }),
  };
}

function push(make: Maker): JsonFields {
  const head = commit(make);
  const before = make.ids.hex("before", 40);
  const after = make.ids.hex("after", 40);
  return {
    ref: "refs/heads/main",
    before,
    after,
    created: false,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: links(`compare/${before.slice(0, 12)}...${after.slice(0, 12)}`).html_url,
    commits: [head],
    head_commit: head,
    pusher: { name: "octocat", email: "octocat@example.com" },
  };
}

function pullRequest(state: "open" | "closed"): (make: Maker) => JsonFields {
  return (make) => {
    const number = make.ids.number("number", 3);
    const { html_url: page, url } = links(`pull/${number}`);
    const isMerged = state === "closed";
    return {
      number,
      pull_request: {
        url: url.replace("/pull/", "/pulls/"),
        id: make.ids.number("pull_request", 9),
        node_id: `PR_${make.ids.mixed("pull_request", 18)}`,
        html_url: page,
        diff_url: `${page}.diff`,
        patch_url: `${page}.patch`,
        issue_url: links(`issues/${number}`).url,
        number,
        state,
        locked: false,
        title: "Update the README with new information",
        user: octocat,
        body: "This is a simple change that needs to be pulled into main.",
        created_at: isoSeconds(make.bornMs),
        updated_at: isoSeconds(make.atMs),
        closed_at: isMerged ? isoSeconds(make.atMs) : null,
        merged_at: isMerged ? isoSeconds(make.atMs) : null,
        merge_commit_sha: isMerged ? make.ids.hex("merge", 40) : null,
        assignee: null,
        assignees: [],
        requested_reviewers: [],
        requested_teams: [],
        merged: isMerged,
      },
    };
  };
}

function issue(state: "open" | "closed"): (make: Maker) => JsonFields {
  return (make) => ({ issue: issueFields(make, state) });
}

function issueFields(make: Maker, state: "open" | "closed"): JsonFields {
  const number = make.ids.number("number", 3);
  const { html_url: page, url } = links(`issues/${number}`);
  return {
    url,
    repository_url: links("").url.slice(0, -1),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: make.ids.number("issue", 9),
    node_id: `I_${make.ids.mixed("issue", 18)}`,
    number,
    title: "Spelling error in the README file",
    user: octocat,
    labels: [],
    state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: 0,
    created_at: isoSeconds(make.bornMs),
    updated_at: isoSeconds(make.atMs),
    closed_at: state === "closed" ? isoSeconds(make.atMs) : null,
    author_association: "OWNER",
    body: "It looks like commit was spelled with two t's.",
  };
}

function comment(make: Maker): JsonFields {
  const id = make.ids.number("comment", 9);
  const number = make.ids.number("number", 3);
  return {
    issue: issueFields(make, "open"),
    comment: {
      url: links(`issues/comments/${id}`).url,
      html_url: `${links(`issues/${number}`).html_url}#issuecomment-${id}`,
      issue_url: links(`issues/${number}`).url,
      id,
      node_id: `IC_${make.ids.mixed("comment", 18)}`,
      user: octocat,
      created_at: isoSeconds(make.atMs),
      updated_at: isoSeconds(make.atMs),
      author_association: "OWNER",
      body: "You are right. It looks like one t too many.",
    },
  };
}

function release(make: Maker): JsonFields {
  const id = make.ids.number("release", 8);
  return {
    release: {
      url: links(`releases/${id}`).url,
      html_url: links("releases/tag/v1.0.0").html_url,
      id,
      node_id: `RE_${make.ids.mixed("release", 18)}`,
      tag_name: "v1.0.0",
      target_commitish: "main",
      name: "v1.0.0",
      draft: false,
      author: octocat,
      prerelease: false,
      created_at: isoSeconds(make.bornMs),
      published_at: isoSeconds(make.atMs),
      assets: [],
      body: "The first release.",
    },
  };
}

function ping(make: Maker): JsonFields {
  const id = make.ids.number("hook", 9);
  const { url } = links(`hooks/${id}`);
  return {
    zen: "Approachable is better than simple.",
    hook_id: id,
    hook: {
      type: "Repository",
      id,
      name: "web",
      active: true,
      events: ["push"],
      config: { content_type: "json", url: "https://example.com/webhooks/github", insecure_ssl: "0" },
      updated_at: isoSeconds(make.bornMs),
      created_at: isoSeconds(make.bornMs),
      url,
      test_url: `${url}/test`,
      ping_url: `${url}/pings`,
      last_response: { code: null, status: "unused", message: null },
    },
  };
}

function star(make: Maker): JsonFields {
  return { starred_at: isoSeconds(make.atMs) };
}

/** The event is named in a header and its action in the body; asked for without an action, the first one is sent. */
export const github: Samples = {
  provider: "github",
  source: "https://docs.github.com/en/webhooks/webhook-events-and-payloads",
  types: [
    event("push", push),
    event("pull_request.opened", pullRequest("open"), ["pull_request"]),
    event("pull_request.synchronize", (make) => ({
      ...pullRequest("open")(make),
      before: make.ids.hex("before", 40),
      after: make.ids.hex("after", 40),
    })),
    event("pull_request.closed", pullRequest("closed")),
    event("issues.opened", issue("open"), ["issues"]),
    event("issues.closed", issue("closed")),
    event("issue_comment.created", comment, ["issue_comment"]),
    event("release.published", release, ["release"]),
    event("star.created", star, ["star"]),
    event("ping", ping),
  ],
  eventId: (own) => own.uuid("event"),
  headerType: (type) => type.split(".")[0] ?? type,
};
