import type { MessageView } from "./message-view.ts";

/**
 * How sure it is. `certain`: only this sender writes it. `likely`: others might, and nothing says so. `guess`: the form is
 * known, the sender is not.
 */
export type Confidence = "certain" | "likely" | "guess";

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

/** Headers of one owner each, then those that several share; the first one that a request has decides. */
export const headerEvidence: readonly Evidence[] = [
  ...owned("stripe", "stripe-signature"),
  ...owned("slack", "x-slack-signature"),
  ...owned("shopify", "x-shopify-hmac-sha256", "shopify-hmac-sha256", "x-shopify-topic", "shopify-topic"),
  ...owned("twilio", "x-twilio-signature"),
  ...owned("sendgrid", "x-twilio-email-event-webhook-signature"),
  ...owned("square", "x-square-hmacsha256-signature", "square-environment"),
  ...owned("paddle", "paddle-signature"),
  ...owned("linear", "linear-signature", "linear-delivery"),
  ...owned("zoom", "x-zm-signature"),
  { provider: "discord", header: "x-signature-ed25519", beside: withHeader("x-signature-timestamp") },
  ...owned("telnyx", "telnyx-signature-ed25519"),
  ...owned("mux", "mux-signature"),
  ...owned("notion", "x-notion-signature"),
  ...owned("sanity", "sanity-webhook-signature"),
  ...owned("line", "x-line-signature"),
  ...owned("workos", "workos-signature"),
  ...owned("razorpay", "x-razorpay-signature"),
  ...owned("webflow", "x-webflow-signature"),
  ...owned("coinbase-commerce", "x-cc-webhook-signature"),
  ...owned("hubspot", "x-hubspot-signature-v3", "x-hubspot-signature"),
  ...owned("contentful", "x-contentful-signature", "x-contentful-topic"),
  ...owned("dropbox", "x-dropbox-signature"),
  ...owned("vercel", "x-vercel-signature"),
  ...owned("typeform", "typeform-signature"),
  ...owned("calendly", "calendly-webhook-signature"),
  ...owned("launchdarkly", "x-ld-signature"),
  ...owned("pagerduty", "x-pagerduty-signature"),
  ...owned("trello", "x-trello-webhook"),
  ...owned("plaid", "plaid-verification"),
  ...owned("paypal", "paypal-transmission-sig"),
  ...owned("woocommerce", "x-wc-webhook-signature", "x-wc-webhook-topic"),
  ...owned("sentry", "sentry-hook-signature", "sentry-hook-resource"),
  ...owned("zendesk", "x-zendesk-webhook-signature", "x-zendesk-webhook-id"),
  // One for each of the account's keys.
  ...owned("docusign", ...Array.from({ length: 9 }, (_, index) => `x-docusign-signature-${index + 1}`)),
  ...owned("circleci", "circleci-signature", "circleci-event-type"),
  ...owned("asana", "x-hook-signature", "x-hook-secret"),
  ...owned("sns", "x-amz-sns-message-type"),
  ...owned("telegram", "x-telegram-bot-api-secret-token"),
  { provider: "easypost", header: "x-hmac-signature", beside: startingWith("hmac-sha256-hex=") },
  ...owned("plivo", "x-plivo-signature-v3"),
  ...owned("messagebird", "messagebird-signature-jwt"),
  ...owned("twitch", "twitch-eventsub-message-signature"),
  ...owned("buildkite", "x-buildkite-event"),
  ...owned("cal-com", "x-cal-signature-256"),
  ...owned("elevenlabs", "elevenlabs-signature"),
  ...owned("customer-io", "x-cio-signature"),
  ...owned("box", "box-signature-primary"),
  ...owned("x", "x-twitter-webhooks-signature"),
  ...owned("okta", "x-okta-verification-challenge"),
  ...owned("checkout", "cko-signature", "cko-correlation-id"),
  ...owned("adyen-platform", "hmacsignature"),
  ...owned("gitlab", "x-gitlab-event", "x-gitlab-token"),
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
  // These three send GitHub's headers too.
  ...owned("gitea", "x-gitea-event"),
  ...owned("forgejo", "x-forgejo-event"),
  ...owned("gogs", "x-gogs-event"),
  ...owned("github", "x-github-event", "x-github-delivery"),
  ...owned("bitbucket", "x-event-key"),
  ...owned("snyk", "x-snyk-event"),
  ...owned("jira", "x-atlassian-webhook-identifier"),
  { provider: "jira", header: "x-hub-signature", beside: withBodyText("webhookEvent", [""]) },
  ...owned("discourse", "x-discourse-event"),
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
  ...owned("hookdeck", "x-hookdeck-signature"),
];

function owned(provider: string, ...headers: readonly string[]): readonly Evidence[] {
  return headers.map((header) => ({ provider, header }));
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
    holds: (_, view) => view.header("user-agent")?.toLowerCase().startsWith(start) === true,
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
