import type { JsonFields, Maker, Sample, Samples } from "../sample.ts";

function message(type: string, fields: (make: Maker) => JsonFields, aliases: readonly string[]): Sample {
  return { type, aliases, build: (make) => ({ ...fields(make), ApiVersion: "2010-04-01" }) };
}

/** What a number says about where it is. */
function place(side: "From" | "To", city: string, state: string, zip: string): JsonFields {
  return { [`${side}City`]: city, [`${side}State`]: state, [`${side}Zip`]: zip, [`${side}Country`]: "US" };
}

const PLACES: JsonFields = {
  ...place("From", "SAN FRANCISCO", "CA", "94103"),
  ...place("To", "SAUSALITO", "CA", "94965"),
};

const MESSAGE_ID = /^SM[0-9a-f]{32}$/;

function sid(make: Maker, prefix: string, name: string): string {
  return prefix + make.ids.hex(name, 32);
}

function received(make: Maker): JsonFields {
  return {
    ...PLACES,
    SmsMessageSid: make.eventId,
    NumMedia: "0",
    SmsStatus: "received",
    Body: "Ahoy! We can't wait to see what you build.",
    To: "+14155552345",
    MessagingServiceSid: sid(make, "MG", "service"),
    NumSegments: "1",
    MessageSid: make.eventId,
    AccountSid: sid(make, "AC", "account"),
    SmsSid: make.eventId,
    From: "+14155551234",
  };
}

function status(name: string): (make: Maker) => JsonFields {
  return (make) => ({
    SmsSid: make.eventId,
    SmsStatus: name,
    MessageStatus: name,
    To: "+14155551234",
    MessageSid: make.eventId,
    AccountSid: sid(make, "AC", "account"),
    From: "+14155552345",
    ...(name === "undelivered" ? { ErrorCode: "30003" } : {}),
  });
}

/** The same on all events of a call, unless a person names one. */
function callId(make: Maker): string {
  return MESSAGE_ID.test(make.eventId) ? sid(make, "CA", "call") : make.eventId;
}

function call(name: string): (make: Maker) => JsonFields {
  return (make) => ({
    CallSid: callId(make),
    AccountSid: sid(make, "AC", "account"),
    From: "+14155551234",
    To: "+14155552345",
    CallStatus: name,
    Direction: "inbound",
    ...PLACES,
    ...(name === "completed" ? { CallDuration: "42", Duration: "1" } : {}),
  });
}

export const twilio: Samples = {
  provider: "twilio",
  source: "https://www.twilio.com/docs/messaging/guides/webhook-request",
  types: [
    message("received", received, ["message.received", "message.inbound", "sms"]),
    message("sent", status("sent"), ["message.sent"]),
    message("delivered", status("delivered"), ["message.delivered"]),
    message("undelivered", status("undelivered"), ["message.undelivered"]),
    message("ringing", call("ringing"), ["call.ringing", "call.inbound"]),
    message("in-progress", call("in-progress"), ["call.in-progress"]),
    message("completed", call("completed"), ["call.completed"]),
  ],
  eventId: (own) => `SM${own.hex("event", 32)}`,
  encoding: "form",
};
