import { isoSeconds, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

const SITE = "https://gitlab.example.com";
const PATH = "shop/storefront";

const AVATAR = "https://www.gravatar.com/avatar/e64c7d89f26bd1972efa854d13d7dd61?s=40&d=identicon";

const USER: JsonFields = {
  id: 1,
  name: "Administrator",
  username: "root",
  avatar_url: AVATAR,
  email: "admin@example.com",
};

const PROJECT: JsonFields = {
  id: 15,
  name: "Storefront",
  web_url: `${SITE}/${PATH}`,
  namespace: "Shop",
  visibility_level: 0,
  path_with_namespace: PATH,
  default_branch: "main",
};

const REPOSITORY: JsonFields = {
  name: "Storefront",
  url: `git@gitlab.example.com:${PATH}.git`,
  description: null,
  homepage: `${SITE}/${PATH}`,
};

/** GitLab's older times. */
function spaced(atMs: number): string {
  return `${isoSeconds(atMs).replace("T", " ").slice(0, 19)} UTC`;
}

function push(kind: "push" | "tag_push"): (make: Maker) => JsonFields {
  return (make) => ({
    object_kind: kind,
    event_name: kind,
    before: kind === "push" ? make.ids.hex("before", 40) : "0".repeat(40),
    after: make.ids.hex("after", 40),
    ref: kind === "push" ? "refs/heads/main" : "refs/tags/v1.0.0",
    checkout_sha: make.ids.hex("after", 40),
    message: null,
    user_id: 1,
    user_name: "Administrator",
    user_username: "root",
    user_email: null,
    user_avatar: AVATAR,
    project_id: 15,
    project: PROJECT,
    commits: [],
    total_commits_count: 0,
    push_options: {},
    repository: REPOSITORY,
  });
}

function issue(make: Maker): JsonFields {
  return {
    object_kind: "issue",
    event_type: "issue",
    user: USER,
    project: PROJECT,
    object_attributes: {
      author_id: 1,
      closed_at: null,
      confidential: false,
      created_at: isoSeconds(make.bornMs),
      description: "Create new API for manipulations with repository",
      discussion_locked: null,
      due_date: null,
      id: make.ids.number("issue", 6),
      iid: make.ids.number("iid", 2),
      milestone_id: null,
      project_id: 15,
      state_id: 1,
      time_estimate: 0,
      title: "New API: create/update/delete file",
      updated_at: isoSeconds(make.atMs),
      updated_by_id: null,
      weight: null,
      state: "opened",
      action: "open",
    },
    labels: [],
    changes: {},
    repository: REPOSITORY,
  };
}

function mergeRequest(make: Maker): JsonFields {
  return {
    object_kind: "merge_request",
    event_type: "merge_request",
    user: USER,
    project: PROJECT,
    object_attributes: {
      id: make.ids.number("merge_request", 6),
      iid: make.ids.number("iid", 2),
      author_id: 1,
      created_at: spaced(make.bornMs),
      updated_at: spaced(make.atMs),
      title: "MS-Viewport",
      description: "",
      draft: false,
      state: "opened",
      merge_status: "unchecked",
      detailed_merge_status: "not_open",
      source_branch: "ms-viewport",
      source_project_id: 15,
      target_branch: "main",
      target_project_id: 15,
      merge_commit_sha: null,
      merge_error: null,
      merge_when_pipeline_succeeds: false,
      assignee_ids: [1],
    },
    labels: [],
    changes: {},
    assignees: [{ id: 1, name: "Administrator", username: "root", email: "admin@example.com" }],
    reviewers: [],
  };
}

function pipeline(make: Maker): JsonFields {
  const sha = make.ids.hex("after", 40);
  return {
    object_kind: "pipeline",
    object_attributes: {
      id: make.ids.number("pipeline", 6),
      iid: make.ids.number("iid", 2),
      ref: "main",
      tag: false,
      sha,
      before_sha: make.ids.hex("before", 40),
      source: "push",
      status: "success",
      detailed_status: "passed",
      stages: ["build", "test", "deploy"],
      created_at: spaced(make.bornMs),
      finished_at: spaced(make.atMs),
      duration: 63,
      queued_duration: 10,
      url: `${SITE}/${PATH}/-/pipelines/31`,
    },
    merge_request: null,
    user: USER,
    project: PROJECT,
    commit: {
      id: sha,
      message: "test\n",
      title: "test",
      timestamp: isoSeconds(make.bornMs),
      url: `${SITE}/${PATH}/-/commit/${sha}`,
      author: { name: "Administrator", email: "admin@example.com" },
    },
    builds: [],
  };
}

const types: readonly Sample[] = [
  { type: "Push Hook", aliases: ["push"], build: push("push") },
  { type: "Merge Request Hook", aliases: ["merge_request"], build: mergeRequest },
  { type: "Issue Hook", aliases: ["issue"], build: issue },
  { type: "Pipeline Hook", aliases: ["pipeline"], build: pipeline },
  { type: "Tag Push Hook", aliases: ["tag_push"], build: push("tag_push") },
];

const source = "https://docs.gitlab.com/user/project/integrations/webhook_events/";
const eventId: Samples["eventId"] = (own) => own.uuid("event");

/** The same events, sent with a token and with a signature. */
export const gitlab: readonly Samples[] = ["gitlab", "gitlab-signing"].map((provider) => ({
  provider,
  source,
  types,
  eventId,
}));
