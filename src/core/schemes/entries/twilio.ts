import { createHash } from "node:crypto";
import { type Body, readBody } from "../../model/body.ts";
import type { Message } from "../../model/request.ts";
import { isEqual } from "../digest.ts";
import { setHeader } from "../header-edit.ts";
import { MessageView } from "../message-view.ts";
import type { Content, Draft, Mac, Scheme, Stamp } from "../scheme.ts";
import { TemplateRule } from "../template-rule.ts";

const HEADER = "X-Twilio-Signature";
const BODY_HASH = /([?&]bodySHA256=)([^&#]*)/;

const base = new TemplateRule({
  kind: "template",
  algorithm: "hmac-sha1",
  encoding: "base64",
  key: "utf8",
  content: "{url}",
  headers: { [HEADER]: "{sig}" },
});

/**
 * A form is signed as its fields behind the address; any other body by its hash in the address. `twilio` 6.2.0 accepted what
 * is signed here, and its own signatures were judged verified: forms with repeated fields, JSON, with a port and without.
 * The same message has several events (sent, delivered), so its id alone names none.
 */
export const twilio: Scheme = {
  name: "twilio",
  title: "Twilio",
  source: "https://www.twilio.com/docs/usage/webhooks/webhooks-security",
  trust: "measured",
  recognisedBy: { headers: ["x-twilio-signature"] },
  signature: {
    kind: "code",
    algorithm: base.algorithm,
    encoding: base.encoding,
    key: base.key,
    signsUrl: true,
    standsIn: [`${HEADER}: {sig}`],
    describes:
      "{url}{each field of the form, name and value, sorted by name}; {url} with ?bodySHA256= for other bodies",
    present: (view) => base.present(view),
    contents: (view, _, { url }) => contentsOf(view, url),
    sign,
  },
  eventId: "h:i-twilio-idempotency-token|b:MessageSid+b:MessageStatus|b:CallSid+b:CallStatus|b:0.id",
  eventType: "b:MessageStatus|b:SmsStatus|b:CallStatus|b:0.type",
  userAgent: "TwilioProxy/1.1",
  contentType: "application/x-www-form-urlencoded",
  vectors: [
    {
      source: "https://www.twilio.com/docs/usage/webhooks/webhooks-security#explore-the-algorithm-yourself",
      secret: "12345",
      url: "https://mycompany.com/myapp.php?foo=1&bar=2",
      headers: ["Content-Type", "application/x-www-form-urlencoded", HEADER, "RSOYDt4T1cUTdK1PDd93/VVr8B8="],
      body: "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212",
    },
    {
      source: "twilio 6.2.0, getExpectedTwilioSignature",
      secret: "12345",
      url: "https://example.com/sms",
      headers: ["Content-Type", "application/x-www-form-urlencoded", HEADER, "LQfnxJJS5A9v3YcHEJY42Fsn8kY="],
      body: "To=%2B1&MediaUrl=b&MediaUrl=a&MediaUrl=b&Body=h%C3%A9+y",
    },
    {
      source: "twilio 6.2.0, getExpectedTwilioSignature",
      secret: "12345",
      url: "https://example.com/events?bodySHA256=d5729c000e5de6b3a10698fec78d482db85d744f1be820d1382b6bda1cfb7795",
      headers: ["Content-Type", "application/json", HEADER, "c9pkQE69wTxTBx1TB6dLEpvf6H0="],
      body: '{"property":"value","boolean":true}',
    },
  ],
};

function contentsOf(view: MessageView, url: string): readonly Content[] {
  const endings: string[] = [];
  const fields = fieldsOf(view);
  const hash = BODY_HASH.exec(url)?.[2];
  if (fields !== undefined) endings.push(fields);
  if (hash !== undefined && isBodyHash(view, hash)) endings.push("");
  return endings.flatMap((ending) =>
    // Twilio leaves a default port out or writes it, whatever the address says.
    [...new Set([url, withoutPort(url), withDefaultPort(url)])].map((address) => [
      Buffer.from(address, "latin1"),
      Buffer.from(ending),
    ]),
  );
}

async function sign(draft: Draft, _: Stamp, mac: Mac): Promise<Message> {
  const { method, body, headers } = draft;
  const fields = fieldsOf(new MessageView(draft));
  const hash = fields === undefined ? await hashOf(body) : undefined;
  const url = hash === undefined ? draft.url : withBodyHash(draft.url, hash);
  const target = hash === undefined ? draft.target : withBodyHash(draft.target, hash);
  const sig = await mac([Buffer.from(url, "latin1"), Buffer.from(fields ?? "")], body);
  return { method, target, body, headers: setHeader(headers, HEADER, sig) };
}

const known = new WeakMap<MessageView, string | undefined>();

/** Undefined where the body is one that is signed by its hash. */
function fieldsOf(view: MessageView): string | undefined {
  if (!known.has(view)) known.set(view, readFields(view));
  return known.get(view);
}

function readFields(view: MessageView): string | undefined {
  const { body } = view.message;
  if (body.kind === "bytes" && body.bytes.length === 0) return "";
  const { form } = view;
  if (form.size === 0) return undefined;
  const byName = new Map<string, Set<string>>();
  for (const [name, value] of form) {
    const values = byName.get(name);
    if (values) values.add(value);
    else byName.set(name, new Set([value]));
  }
  return [...byName.keys()]
    .sort()
    .flatMap((name) => [...(byName.get(name) ?? [])].sort().map((value) => name + value))
    .join("");
}

const hashes = new WeakMap<MessageView, string>();

/** A body too large for memory is larger than anything that Twilio sends. Hashed once, however many signatures there are. */
function isBodyHash(view: MessageView, hash: string): boolean {
  const { body } = view.message;
  if (body.kind !== "bytes") return false;
  const ownHash = hashes.get(view) ?? createHash("sha256").update(body.bytes).digest("hex");
  hashes.set(view, ownHash);
  return isEqual(ownHash, hash);
}

async function hashOf(body: Body): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of readBody(body)) hash.update(chunk);
  return hash.digest("hex");
}

function withBodyHash(address: string, hash: string): string {
  if (BODY_HASH.test(address)) return address.replace(BODY_HASH, `$1${hash}`);
  return `${address}${address.includes("?") ? "&" : "?"}bodySHA256=${hash}`;
}

const ADDRESS = /^(https?:\/\/(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^:/?#]*))(:\d*)?/i;

function withoutPort(url: string): string {
  return url.replace(ADDRESS, "$1");
}

function withDefaultPort(url: string): string {
  return url.replace(ADDRESS, (whole, before: string, port: string | undefined) =>
    port === undefined ? `${before}:${/^https/i.test(url) ? "443" : "80"}` : whole,
  );
}
