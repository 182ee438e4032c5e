import type { JsonFields, Maker, Sample, Samples } from "../sample.ts";

function event(type: string, fields: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make) => [
      {
        eventId: numberOf(make.eventId),
        subscriptionId: make.ids.number("subscription", 7),
        portalId: make.ids.number("portal", 8),
        appId: make.ids.number("app", 7),
        occurredAt: make.atMs,
        subscriptionType: type,
        attemptNumber: 0,
        objectId: make.ids.number("object", 9),
        ...fields(make),
      },
    ],
  };
}

/** An id that a person gave may be no number. */
function numberOf(eventId: string): number | string {
  return /^[1-9]\d{0,14}$/.test(eventId) ? Number(eventId) : eventId;
}

function change(propertyName: string, propertyValue: string): () => JsonFields {
  return () => ({ propertyName, propertyValue, changeSource: "CRM_UI" });
}

export const hubspot: Samples = {
  provider: "hubspot",
  source: "https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide",
  types: [
    event("contact.creation", () => ({ changeFlag: "NEW", changeSource: "CRM_UI" })),
    event("contact.propertyChange", change("email", "alice@example.com")),
    event("contact.deletion", () => ({ changeFlag: "DELETED", changeSource: "CRM_UI" })),
    event("company.creation", () => ({ changeFlag: "NEW", changeSource: "CRM_UI" })),
    event("deal.creation", () => ({ changeFlag: "NEW", changeSource: "CRM_UI" })),
    event("deal.propertyChange", change("dealstage", "closedwon")),
  ],
  eventId: (own) => own.digits("event", 10),
};
