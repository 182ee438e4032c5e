import type { Confidence } from "./evidence.ts";
import type { MessageView } from "./message-view.ts";
import { stepInto } from "./places.ts";

/** What tells who sent a request beside its headers: its body, or its query. */
export interface ContentEvidence {
  readonly provider: string;
  /** The end of "recognised by …": `notificationItems in the body`. */
  readonly says: string;
  readonly holds: (view: MessageView) => boolean;
  /** Default `certain`. */
  readonly confidence?: Confidence;
}

/** In order; asked only where no header says anything. */
export const bodyEvidence: readonly ContentEvidence[] = [
  {
    provider: "adyen",
    says: "a list of notificationItems in the body",
    holds: ({ json }) => Array.isArray(stepInto(json, ["notificationItems"])),
  },
  {
    provider: "mailgun",
    says: "signature.token and event-data in the body",
    holds: ({ json }) => isText(json, "signature", "token") && isThere(json, "event-data"),
  },
  {
    provider: "figma",
    says: "passcode and event_type in the body",
    holds: ({ json }) => isText(json, "passcode") && isText(json, "event_type"),
  },
  {
    provider: "slack",
    says: "url_verification with token and challenge in the body",
    holds: ({ json }) =>
      stepInto(json, ["type"]) === "url_verification" && isText(json, "token") && isText(json, "challenge"),
    confidence: "likely",
  },
  {
    provider: "notion",
    says: "a verification_token starting with secret_ as the whole body",
    holds: ({ json }) => {
      const token = stepInto(json, ["verification_token"]);
      return typeof token === "string" && token.startsWith("secret_") && Object.keys(json as object).length === 1;
    },
    confidence: "likely",
  },
  { provider: "braintree", says: "bt_signature in the form", holds: ({ form }) => form.has("bt_signature") },
];

function isThere(json: unknown, ...steps: readonly string[]): boolean {
  return stepInto(json, steps) !== undefined;
}

function isText(json: unknown, ...steps: readonly string[]): boolean {
  return typeof stepInto(json, steps) === "string";
}
