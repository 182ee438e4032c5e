import { isoTime, type JsonFields, type Maker, type Sample, type Samples } from "../sample.ts";

function event(type: string, more: (make: Maker) => JsonFields = () => ({})): Sample {
  return {
    type,
    build: (make) => ({
      type,
      created_at: isoTime(make.atMs),
      data: {
        created_at: isoTime(make.bornMs),
        email_id: make.ids.uuid("email"),
        message_id: `<${make.ids.uuid("message")}@example.com>`,
        from: "Example Shop <shop@example.com>",
        to: ["alice@example.com"],
        subject: "Your order",
        tags: { category: "confirm_order" },
        ...more(make),
      },
    }),
  };
}

export const resend: Samples = {
  provider: "resend",
  source: "https://resend.com/docs/webhooks/event-types",
  types: [
    event("email.sent"),
    event("email.delivered"),
    event("email.delivery_delayed"),
    event("email.complained"),
    event("email.bounced", () => ({
      bounce: {
        message: "The recipient's email address is on the suppression list.",
        subType: "Suppressed",
        type: "Permanent",
      },
    })),
    event("email.opened", (make) => ({
      open: { ipAddress: "192.0.2.1", timestamp: isoTime(make.atMs), userAgent: "Mozilla/5.0" },
    })),
    event("email.clicked", (make) => ({
      click: {
        ipAddress: "192.0.2.1",
        link: "https://shop.example.com",
        timestamp: isoTime(make.atMs),
        userAgent: "Mozilla/5.0",
      },
    })),
  ],
  eventId: (own) => `msg_${own.mixed("event", 27)}`,
  snapshot: "data",
};
