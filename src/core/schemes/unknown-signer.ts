import type { Scheme } from "./scheme.ts";

/** Where an event is mostly named, strongest first; for whom no scheme says it better. */
export const GENERAL_PLACES = {
  eventId:
    "h:x-event-id|h:webhook-id|h:svix-id|h:x-webhook-id|h:x-github-delivery|h:x-gitlab-event-uuid|h:x-shopify-event-id|b:id|b:event_id|b:eventId",
  eventType:
    "h:x-event-type|h:x-webhook-event|h:x-github-event|h:x-gitlab-event|h:x-shopify-topic|b:type|b:event_type|b:eventType|b:event|b:topic",
} as const;

const MOST_KNOWN = 64;
const known = new Map<string, Scheme>();

/**
 * The scheme of a sender whom nobody knows: a header with `sha256=` and the hash of the body, as many do it.
 * @param header in lower case
 */
export function unknownSigner(header: string): Scheme {
  let scheme = known.get(header);
  if (!scheme) {
    if (known.size >= MOST_KNOWN) known.clear();
    scheme = signerIn(header);
    known.set(header, scheme);
  }
  return scheme;
}

function signerIn(header: string): Scheme {
  return {
    name: "generic",
    title: `header ${header}`,
    source: "https://www.rfc-editor.org/rfc/rfc2104",
    trust: "reference",
    signature: {
      kind: "template",
      algorithm: "hmac-sha256",
      encoding: "hex",
      key: "utf8",
      content: "{body}",
      headers: { [header]: "sha256={sig}" },
    },
    ...GENERAL_PLACES,
  };
}
