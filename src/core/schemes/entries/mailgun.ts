import type { Message } from "../../model/request.ts";
import type { MessageView } from "../message-view.ts";
import { readPlace, stepInto } from "../places.ts";
import { isTextAt } from "../recognised-by.ts";
import type { Content, Draft, Mac, Presented, PresentedSignature, Scheme, Stamp } from "../scheme.ts";
import { setPlace } from "../set-place.ts";
import { parseTimestamp, timestampText } from "../timestamps.ts";

/** In the JSON of webhooks; older ones and routes have the same three as fields of a form. */
const PLACES = {
  timestamp: "b:signature.timestamp|b:timestamp",
  token: "b:signature.token|b:token",
  signature: "b:signature.signature|b:signature",
} as const;

/**
 * A time and a random token are signed, and the event itself is not. The last official package that could check it,
 * `mailgun-js` 0.22.0, accepted what is signed here; it takes each token once and times within 15 minutes either way.
 */
export const mailgun: Scheme = {
  name: "mailgun",
  title: "Mailgun",
  source: "https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks",
  trust: "measured",
  recognisedBy: {
    body: {
      says: "signature.token and event-data in the body",
      holds: ({ json }) => isTextAt(json, "signature", "token") && stepInto(json, ["event-data"]) !== undefined,
    },
  },
  signature: {
    kind: "code",
    algorithm: "hmac-sha256",
    encoding: "hex",
    key: "utf8",
    timestamp: { unit: "s", toleranceMs: 900_000, refusesFuture: true, place: "b:signature.timestamp" },
    signsUrl: false,
    standsIn: ["body signature.signature"],
    describes: "{timestamp}{token} of the body's signature; the event itself is not signed",
    present,
    contents,
    sign,
  },
  eventId: "b:event-data.id",
  eventType: "b:event-data.event|b:event",
  schedule: "mailgun",
  vectors: [
    {
      source: "computed with OpenSSL as Mailgun's page says",
      secret: "key-3ax6xnjp29jd6fds4gc373sgvjxteol0",
      headers: ["Content-Type", "application/json"],
      body: '{"signature":{"timestamp":"1529006854","token":"a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0","signature":"b63c0701c4f4b614f272106a1b367c5c3369bcdca664ae73ebd52787e45eef07"},"event-data":{"event":"opened"}}',
    },
  ],
};

function present(view: MessageView): Presented {
  const place = "the body's signature.signature";
  const text = readPlace(view, PLACES.signature);
  if (text === undefined) return { kind: "absent" };
  if (!/^[0-9a-f]{64}$/i.test(text)) return { kind: "malformed", place, why: "holds no hex of the right length" };
  if (readPlace(view, PLACES.token) === undefined) return { kind: "incomplete", missing: "the body's signature.token" };
  const time = readPlace(view, PLACES.timestamp);
  if (time === undefined) return { kind: "incomplete", missing: "the body's signature.timestamp" };
  const atMs = parseTimestamp(time, "s");
  if (Number.isNaN(atMs))
    return { kind: "malformed", place: "the body's signature.timestamp", why: "holds no time that can be read" };
  return { kind: "present", signatures: [{ text, place, timestamp: { text: time, atMs } }] };
}

function contents(view: MessageView, { timestamp }: PresentedSignature): readonly Content[] {
  const token = readPlace(view, PLACES.token);
  return timestamp && token !== undefined ? [[Buffer.from(timestamp.text + token)]] : [];
}

/** A body that is no JSON object stays as it is. */
async function sign({ method, target, headers, body }: Draft, stamp: Stamp, mac: Mac): Promise<Message> {
  const timestamp = timestampText(stamp.nowMs, "s");
  // As Mailgun's: 50 hex digits.
  const token = `${stamp.uuid()}${stamp.uuid()}`.replaceAll("-", "").slice(0, 50);
  const signature = await mac([Buffer.from(timestamp + token)], body);
  let signed = setPlace(body, "b:signature.timestamp", timestamp);
  signed = setPlace(signed, "b:signature.token", token);
  return { method, target, headers, body: setPlace(signed, "b:signature.signature", signature) };
}
