import { official } from "../../helpers/official.ts";
import { type OfficialPackage, type Received } from "./entry.ts";

const GITHUB_SECRET = "It's a Secret to Everybody";

interface GitHubModule {
  readonly verify: (secret: string, body: string, signature: string) => Promise<boolean>;
  readonly sign: (secret: string, body: string) => Promise<string>;
}

const github: OfficialPackage = {
  name: "@octokit/webhooks-methods",
  provider: "github",
  type: "push",
  secret: GITHUB_SECRET,
  isTimed: false,
  refusesOld: false,
  async verify({ text, headers }) {
    const { verify } = await official<GitHubModule>("@octokit/webhooks-methods");
    return verify(GITHUB_SECRET, text, headers["x-hub-signature-256"] ?? "");
  },
  async sign(body) {
    const { sign } = await official<GitHubModule>("@octokit/webhooks-methods");
    const signature = await sign(GITHUB_SECRET, body);
    return { body, headers: { "X-GitHub-Event": "push", "X-GitHub-Delivery": "1", "X-Hub-Signature-256": signature } };
  },
};

const LINEAR_SECRET = "lin_wh_0123456789";

interface LinearModule {
  readonly LinearWebhookClient: new (secret: string) => {
    parseData(body: Buffer, signature: string, timestamp?: unknown): unknown;
  };
}

const linear: OfficialPackage = {
  name: "@linear/sdk",
  provider: "linear",
  type: "Issue.create",
  secret: LINEAR_SECRET,
  isTimed: true,
  refusesOld: true,
  async verify({ body, headers, text }) {
    const { LinearWebhookClient } = await official<LinearModule>("@linear/sdk/webhooks");
    const { webhookTimestamp } = JSON.parse(text) as { readonly webhookTimestamp: number };
    return new LinearWebhookClient(LINEAR_SECRET).parseData(body, headers["linear-signature"] ?? "", webhookTimestamp);
  },
};

const HUBSPOT_SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";

interface HubSpotModule {
  readonly Signature: {
    isValid(given: object): boolean;
    getSignature(method: string, version: string, given: object): string;
  };
}

const hubspot: OfficialPackage = {
  name: "@hubspot/api-client",
  provider: "hubspot",
  type: "contact.creation",
  secret: HUBSPOT_SECRET,
  path: "/hooks?team=a%20b",
  edit: ["--set-json", "[0].portalId=7"],
  isTimed: true,
  refusesOld: true,
  async verify({ method, url, text, headers }) {
    const { Signature } = await official<HubSpotModule>("@hubspot/api-client");
    return Signature.isValid({
      method,
      url,
      requestBody: text,
      clientSecret: HUBSPOT_SECRET,
      signatureVersion: "v3",
      signature: headers["x-hubspot-signature-v3"],
      timestamp: Number(headers["x-hubspot-request-timestamp"]),
    });
  },
  async sign(body, nowMs, url) {
    const { Signature } = await official<HubSpotModule>("@hubspot/api-client");
    const given = { method: "POST", url, requestBody: body, clientSecret: HUBSPOT_SECRET, timestamp: nowMs };
    const signature = Signature.getSignature("POST", "v3", given);
    return {
      body,
      headers: { "X-HubSpot-Request-Timestamp": String(nowMs), "X-HubSpot-Signature-v3": signature },
    };
  },
};

const NOTION_TOKEN = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl";

interface NotionModule {
  readonly verifyWebhookSignature: (given: {
    body: string;
    signature: string;
    verificationToken: string;
  }) => Promise<boolean>;
  readonly signWebhookPayload: (given: { body: string; verificationToken: string }) => Promise<string>;
}

const notion: OfficialPackage = {
  name: "@notionhq/client",
  provider: "notion",
  type: "page.created",
  secret: NOTION_TOKEN,
  isTimed: false,
  refusesOld: false,
  async verify({ text, headers }) {
    const { verifyWebhookSignature } = await official<NotionModule>("@notionhq/client");
    const signature = headers["x-notion-signature"] ?? "";
    return verifyWebhookSignature({ body: text, signature, verificationToken: NOTION_TOKEN });
  },
  async sign(body) {
    const { signWebhookPayload } = await official<NotionModule>("@notionhq/client");
    const signature = await signWebhookPayload({ body, verificationToken: NOTION_TOKEN });
    return { body, headers: { "X-Notion-Signature": signature } };
  },
};

const CONTENTFUL_SECRET = "0123456789abcdef".repeat(4);

interface ContentfulModule {
  readonly verifyRequest: (secret: string, request: object, lifetimeS: number) => boolean;
  readonly signRequest: (secret: string, request: object, atMs: number) => Readonly<Record<string, string>>;
}

const canonical = ({ method, url, headers, text }: Received): object => {
  const { pathname, search } = new URL(url);
  return { method, path: pathname + search, headers, body: text };
};

const contentful: OfficialPackage = {
  name: "@contentful/node-apps-toolkit",
  provider: "contentful",
  type: "ContentManagement.Entry.publish",
  send: ["--data", '{"sys":{"id":"e1","type":"Entry"}}'],
  secret: CONTENTFUL_SECRET,
  path: "/hooks?a=1",
  isTimed: true,
  refusesOld: true,
  async verify(received) {
    const { verifyRequest } = await official<ContentfulModule>("@contentful/node-apps-toolkit");
    return verifyRequest(CONTENTFUL_SECRET, canonical(received), 30);
  },
  async sign(body, nowMs, url) {
    const { signRequest } = await official<ContentfulModule>("@contentful/node-apps-toolkit");
    const headers = { "content-type": "application/json", "x-contentful-topic": "ContentManagement.Entry.save" };
    const request = canonical({ method: "POST", url, headers, text: body, body: Buffer.from(body) });
    return { body, headers: { ...headers, ...signRequest(CONTENTFUL_SECRET, request, nowMs) } };
  },
};

const SANITY_SECRET = "sanity secret";

interface SanityModule {
  readonly isValidSignature: (body: string, signature: string, secret: string) => Promise<boolean>;
  readonly encodeSignatureHeader: (body: string, atMs: number, secret: string) => Promise<string>;
}

const sanity: OfficialPackage = {
  name: "@sanity/webhook",
  provider: "sanity",
  type: "update",
  send: ["--data", '{"_id":"doc1","_type":"post"}'],
  secret: SANITY_SECRET,
  isTimed: true,
  refusesOld: false,
  async verify({ text, headers }) {
    const { isValidSignature } = await official<SanityModule>("@sanity/webhook");
    return isValidSignature(text, headers["sanity-webhook-signature"] ?? "", SANITY_SECRET);
  },
  async sign(body, nowMs) {
    const { encodeSignatureHeader } = await official<SanityModule>("@sanity/webhook");
    const signature = await encodeSignatureHeader(body, nowMs, SANITY_SECRET);
    return { body, headers: { "sanity-webhook-signature": signature } };
  },
};

const MUX_SECRET = "mux secret";

interface MuxModule {
  readonly default: new (options: { tokenId: string; tokenSecret: string }) => {
    readonly webhooks: { verifySignature(body: string, headers: object, secret: string): Promise<void> };
  };
}

const mux: OfficialPackage = {
  name: "@mux/mux-node",
  provider: "mux",
  type: "video.asset.ready",
  secret: MUX_SECRET,
  isTimed: true,
  refusesOld: true,
  async verify({ text, headers }) {
    const { default: Mux } = await official<MuxModule>("@mux/mux-node");
    return new Mux({ tokenId: "id", tokenSecret: "secret" }).webhooks.verifySignature(text, headers, MUX_SECRET);
  },
};

const WORKOS_SECRET = "workos secret";

interface WorkOsModule {
  readonly WorkOS: new (key: string) => {
    readonly webhooks: {
      constructEvent(given: { payload: unknown; sigHeader: string; secret: string }): Promise<unknown>;
    };
  };
}

const workos: OfficialPackage = {
  name: "@workos-inc/node",
  provider: "workos",
  type: "dsync.user.created",
  send: ["--data", '{"id":"wh_1","event":"dsync.group.deleted","data":{"id":"g1","name":"n"},"created_at":"2026"}'],
  secret: WORKOS_SECRET,
  isTimed: true,
  refusesOld: true,
  async verify({ text, headers }) {
    const { WorkOS } = await official<WorkOsModule>("@workos-inc/node");
    const sigHeader = headers["workos-signature"] ?? "";
    const payload = JSON.parse(text) as unknown;
    return new WorkOS("sk_test").webhooks.constructEvent({ payload, sigHeader, secret: WORKOS_SECRET });
  },
};

/** Code, documents and accounts. */
export const work: readonly OfficialPackage[] = [github, linear, hubspot, notion, contentful, sanity, mux, workos];
