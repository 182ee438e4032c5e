import { type JsonFields, type Maker, type Sample, type Samples, unixSeconds } from "../sample.ts";

function event(type: string, fields: (make: Maker) => JsonFields): Sample {
  return {
    type,
    build: (make) => [
      {
        email: "alice@example.com",
        timestamp: unixSeconds(make.atMs),
        event: type,
        category: ["cat facts"],
        sg_event_id: make.eventId,
        sg_message_id: `${make.ids.mixed("message", 22)}.filter0001.16648.5515E0B88.0`,
        ...fields(make),
      },
    ],
  };
}

function smtpId({ ids }: Maker): string {
  return `<${ids.mixed("smtp", 14)}@example.com>`;
}

const READER = { useragent: "Mozilla/4.0 (compatible; MSIE 6.1; Windows XP)", ip: "192.0.2.1" };

export const sendgrid: Samples = {
  provider: "sendgrid",
  source: "https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event",
  types: [
    event("delivered", (make) => ({ "smtp-id": smtpId(make), response: "250 OK" })),
    event("open", () => ({ sg_machine_open: false, ...READER })),
    event("processed", (make) => ({ "smtp-id": smtpId(make) })),
    event("click", () => ({ url: "https://www.example.com/", ...READER })),
    event("bounce", (make) => ({ "smtp-id": smtpId(make), reason: "500 unknown recipient", status: "5.0.0" })),
    event("dropped", (make) => ({ "smtp-id": smtpId(make), reason: "Bounced Address", status: "5.0.0" })),
  ],
  eventId: (own) => own.mixed("event", 22),
};
