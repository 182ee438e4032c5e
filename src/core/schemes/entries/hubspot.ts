import type { HeaderPairs } from "../../model/headers.ts";
import type { Message } from "../../model/request.ts";
import { withoutHeaders } from "../header-edit.ts";
import type { MessageView } from "../message-view.ts";
import type {
  Content,
  ContentContext,
  Draft,
  Mac,
  Presented,
  PresentedSignature,
  Scheme,
  Stamp,
  Vector,
} from "../scheme.ts";
import { TemplateRule } from "../template-rule.ts";

const v3 = new TemplateRule({
  kind: "template",
  algorithm: "hmac-sha256",
  encoding: "base64",
  key: "utf8",
  content: "{method}{url}{body}{ts}",
  headers: { "X-HubSpot-Request-Timestamp": "{ts}", "X-HubSpot-Signature-v3": "{sig}" },
  timestamp: { unit: "ms", toleranceMs: 300_000 },
});

/** The older two are plain hashes that begin with the secret, and carry no time. */
const olderRules = {
  v1: olderRule("{secret}{body}"),
  v2: olderRule("{secret}{method}{url}{body}"),
} as const;

/** Characters that HubSpot signs as themselves where they stand escaped in the address. */
const UNESCAPED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/**
 * Version 3 is sent, and where it is there it alone decides, as HubSpot asks. `@hubspot/api-client` 13.5.0 accepted what is
 * signed here, and its own v1, v2 and v3 were judged verified.
 */
export const hubspot: Scheme = {
  name: "hubspot",
  title: "HubSpot",
  source: "https://developers.hubspot.com/docs/guides/apps/authentication/validating-requests",
  trust: "measured",
  recognisedBy: { headers: ["x-hubspot-signature-v3", "x-hubspot-signature"] },
  signature: {
    kind: "code",
    algorithm: v3.algorithm,
    encoding: v3.encoding,
    key: v3.key,
    timestamp: v3.timestamp,
    signsUrl: true,
    standsIn: [
      "X-HubSpot-Signature-v3: {sig}",
      "X-HubSpot-Request-Timestamp: {ts}",
      "X-HubSpot-Signature: {sig} (v1, v2)",
    ],
    describes: "v3: {method}{url}{body}{ts}; v2: {secret}{method}{url}{body}; v1: {secret}{body}",
    present,
    contents,
    sign,
  },
  eventId: "b:0.eventId",
  eventType: "b:0.subscriptionType",
  occurredAt: "b:0.occurredAt",
  objectId: "b:0.objectId",
  attempt: "b:0.attemptNumber",
  attemptsFrom: 0,
  userAgent:
    "HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: WebhooksPlatformExecution) - WebhooksPlatformService-web",
  schedule: "hubspot",
  ackBudgetMs: 5000,
  vectors: [
    vector("X-HubSpot-Signature-v3", "rQEKkaNUiu+1qGF//O/pw4BCzstSqO1PyUnGICmf+7o=", [
      "X-HubSpot-Request-Timestamp",
      "1700000000000",
    ]),
    vector("X-HubSpot-Signature", "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900", [
      "X-HubSpot-Signature-Version",
      "v2",
    ]),
    vector("X-HubSpot-Signature", "54b2530692e3a3982727206aeee670ed1d85319cad55d4ddbafcf41725ebf2b3", [
      "X-HubSpot-Signature-Version",
      "v1",
    ]),
  ],
};

function olderRule(content: string): TemplateRule {
  const headers = { "X-HubSpot-Signature": "{sig}" };
  return new TemplateRule({ kind: "template", algorithm: "sha256", encoding: "hex", key: "utf8", content, headers });
}

/** The second one stands on HubSpot's own page. */
function vector(name: string, signature: string, beside: HeaderPairs): Vector {
  return {
    source: "@hubspot/api-client 13.5.0, Signature.getSignature",
    secret: "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
    url: "https://www.example.com/webhook_uri",
    headers: ["Content-Type", "application/json", name, signature, ...beside],
    body: '{"example_field":"example_value"}',
  };
}

function present(view: MessageView): Presented {
  const newest = v3.present(view);
  if (newest.kind !== "absent") return newest;
  const version = view.header("x-hubspot-signature-version")?.trim().toLowerCase() ?? "v1";
  if (version !== "v1" && version !== "v2") return unknownVersion(view);
  const older = olderRules[version].present(view);
  if (older.kind !== "present") return older;
  const rule = olderRules[version];
  return { kind: "present", signatures: older.signatures.map((signature) => ({ ...signature, rule })) };
}

function unknownVersion(view: MessageView): Presented {
  if (view.header("x-hubspot-signature") === undefined) return { kind: "absent" };
  return { kind: "malformed", place: "X-HubSpot-Signature-Version", why: "is neither v1 nor v2" };
}

function contents(view: MessageView, presented: PresentedSignature, context: ContentContext): readonly Content[] {
  if (presented.rule) return presented.rule.contents(view, presented, context);
  const unescaped = context.url.replace(UNESCAPED, decodeURIComponent);
  const asWritten = v3.contents(view, presented, context);
  if (unescaped === context.url) return asWritten;
  return [...asWritten, ...v3.contents(view, presented, { ...context, url: unescaped })];
}

function sign(draft: Draft, stamp: Stamp, mac: Mac): Promise<Message> {
  // Older signatures were made for what stood here before.
  const headers = withoutHeaders(draft.headers, (name) => /^x-hubspot-signature(?:-version)?$/.test(name));
  return v3.sign({ ...draft, headers }, stamp, mac);
}
