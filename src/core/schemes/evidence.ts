import { schemes } from "./index.ts";
import type { MessageView } from "./message-view.ts";
import { type Confidence, isFrom, type ContentEvidence } from "./recognised-by.ts";
import type { Scheme } from "./scheme.ts";

/** A header that tells who sent a request. */
export interface Evidence {
  readonly provider: string;
  /** In lower case. */
  readonly header: string;
  /** What must hold beside it, and how to say that; undefined: its name is enough. */
  readonly beside?: Beside;
  /** The scheme that it is judged by; undefined: the one of the provider's name. */
  readonly scheme?: string;
  /** Default `certain`. */
  readonly confidence?: Confidence;
}

export interface Beside {
  /** Stands behind the header's name: `with x-signature-timestamp`, `of the form t=…,s=…`. */
  readonly says: string;
  readonly holds: (value: string, view: MessageView) => boolean;
}

/**
 * Headers that more than one sender writes, or whose names are so general that others may: who goes before whom, and what
 * must hold beside them. What only one provider sends stands in its scheme (`recognisedBy`).
 */
const sharedHeaders: readonly Evidence[] = [
  { provider: "discord", header: "x-signature-ed25519", beside: withHeader("x-signature-timestamp") },
  { provider: "easypost", header: "x-hmac-signature", beside: startingWith("hmac-sha256-hex=") },
  // It has no scheme: all that is known of it is this question.
  { provider: "okta", header: "x-okta-verification-challenge" },
  { provider: "clerk", header: "svix-id", beside: withBodyText("instance_id", ["ins_"]) },
  {
    provider: "resend",
    header: "svix-id",
    beside: withBodyText("type", ["email.", "domain.", "contact."]),
    confidence: "likely",
  },
  { provider: "svix", header: "svix-id", confidence: "likely" },
  { provider: "openai", header: "webhook-id", beside: fromAgent("openai") },
  {
    provider: "standardwebhooks",
    header: "webhook-signature",
    beside: { says: "of the form v1a,…, with webhook-id", holds: isOnlyV1a },
    scheme: "standardwebhooks-v1a",
    confidence: "likely",
  },
  { provider: "standardwebhooks", header: "webhook-signature", beside: withHeader("webhook-id"), confidence: "likely" },
  {
    provider: "gocardless",
    header: "webhook-signature",
    beside: { says: "of 64 hex digits", holds: (value) => /^[0-9a-f]{64}$/i.test(value) },
    confidence: "likely",
  },
  // Each of the first three sends the headers of those below it too; Forgejo, which began as Gitea, says so in one of its own.
  { provider: "gitea", header: "x-gitea-event" },
  { provider: "gogs", header: "x-gogs-event" },
  { provider: "github", header: "x-github-event" },
  { provider: "github", header: "x-github-delivery" },
  { provider: "jira", header: "x-hub-signature", beside: withBodyText("webhookEvent", [""]) },
  {
    provider: "meta",
    header: "x-hub-signature-256",
    beside: { says: "with a body that holds object and entry", holds: (_, view) => isMetaBody(view) },
  },
  { provider: "intercom", header: "x-hub-signature", beside: withBodyText("type", ["notification_event"]) },
  { provider: "lemonsqueezy", header: "x-signature", beside: withHeader("x-event-name") },
  {
    provider: "generic",
    header: "x-signature-256",
    beside: {
      says: "with x-webhook-signature of the form t=…,v1=…",
      holds: (_, view) => /(?:^|,)\s*v1=/.test(view.header("x-webhook-signature") ?? ""),
    },
    confidence: "likely",
  },
  { provider: "generic-sha256", header: "x-signature-256", confidence: "likely" },
  ...signedAs("generic-t-s", "t=…,s=…", /(?:^|,)\s*s=/),
  ...signedAs("generic-t-v1", "t=…,v1=…", /(?:^|,)\s*v1=/),
  ...signedAs("generic-webhook", "sha256=…", /^sha256=/),
  { provider: "generic-ecomm", header: "x-ecomm-signature", beside: startingWith("sha256="), confidence: "likely" },
  { provider: "cloudevents", header: "ce-specversion" },
  { provider: "cloudevents", header: "content-type", beside: startingWith("application/cloudevents") },
  { provider: "cloudevents", header: "webhook-request-origin" },
  {
    provider: "livekit",
    header: "content-type",
    beside: startingWith("application/webhook+json"),
    confidence: "likely",
  },
  // It passes on what others sent, so theirs says more.
  { provider: "hookdeck", header: "x-hookdeck-signature" },
];

/** In order; the first one that a request has decides. */
export const headerEvidence: readonly Evidence[] = [...schemes.flatMap(ownHeaders), ...sharedHeaders];

/** How providers ask for the first time whether an address is willing; in order, and only where no header says anything. */
export const queryEvidence: readonly ContentEvidence[] = schemes.flatMap(({ name, recognisedBy }) =>
  recognisedBy?.query ? [{ provider: name, ...recognisedBy.query }] : [],
);

/** In order; asked only where neither a header nor the query says anything. */
export const bodyEvidence: readonly ContentEvidence[] = schemes.flatMap(({ name, recognisedBy }) =>
  recognisedBy?.body ? [{ provider: name, ...recognisedBy.body }] : [],
);

function ownHeaders({ name, recognisedBy }: Scheme): readonly Evidence[] {
  return (recognisedBy?.headers ?? []).map((header) => ({ provider: name, header }));
}

function signedAs(provider: string, form: string, pattern: RegExp): readonly Evidence[] {
  const beside = { says: `of the form ${form}`, holds: (value: string) => pattern.test(value) };
  return [{ provider, header: "x-webhook-signature", beside, confidence: "likely" }];
}

function withHeader(name: string): Beside {
  return { says: `with ${name}`, holds: (_, view) => view.header(name) !== undefined };
}

function startingWith(start: string): Beside {
  return { says: `starting with ${start}`, holds: (value) => value.toLowerCase().startsWith(start) };
}

function fromAgent(start: string): Beside {
  return {
    says: `from a User-Agent that starts with ${start}`,
    holds: (_, view) => isFrom(view, start),
  };
}

/** A field at the top of the body that starts with one of some texts. */
function withBodyText(field: string, starts: readonly string[]): Beside {
  const says = starts[0] === "" ? `with ${field} in the body` : `with ${field} in the body like ${starts.join(", ")}`;
  return {
    says,
    holds: (_, view) => {
      const text = (view.json as Readonly<Record<string, unknown>> | null | undefined)?.[field];
      return typeof text === "string" && starts.some((start) => text.startsWith(start));
    },
  };
}

function isOnlyV1a(value: string, view: MessageView): boolean {
  return view.header("webhook-id") !== undefined && value.startsWith("v1a,") && !value.includes(" v1,");
}

function isMetaBody(view: MessageView): boolean {
  const body = view.json as Readonly<Record<string, unknown>> | null | undefined;
  return typeof body?.["object"] === "string" && Array.isArray(body["entry"]);
}
