import { stepInto } from "../places.ts";
import type { Scheme } from "../scheme.ts";

/** The key is the verification token that Notion posts once. */
export const notion: Scheme = {
  name: "notion",
  title: "Notion",
  source: "https://developers.notion.com/reference/webhooks",
  trust: "measured",
  recognisedBy: {
    headers: ["x-notion-signature"],
    body: {
      says: "a verification_token starting with secret_ as the whole body",
      holds: ({ json }) => {
        const token = stepInto(json, ["verification_token"]);
        return typeof token === "string" && token.startsWith("secret_") && Object.keys(json as object).length === 1;
      },
      confidence: "likely",
    },
  },
  signature: {
    kind: "template",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    content: "{body}",
    headers: { "X-Notion-Signature": "sha256={sig}" },
  },
  eventId: "b:id",
  eventType: "b:type",
  occurredAt: "b:timestamp",
  objectId: "b:entity.id",
  attempt: "b:attempt_number",
  handshake: "notion",
};
