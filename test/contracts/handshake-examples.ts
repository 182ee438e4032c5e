import type { EventFacts, Message } from "../../src/core/model/request.ts";
import type { Secret } from "../../src/core/model/secret.ts";
import type { HandshakeAnswer, HandshakeReply } from "../../src/core/schemes/handshakes/handshake.ts";
import { textBody } from "../helpers/samples.ts";

/** A handshake as its provider sends it, the answer that it wants, and what looks like it and must not be answered. */
export interface HandshakeExample {
  readonly request: Message;
  readonly facts?: EventFacts;
  readonly secrets?: readonly Secret[];
  readonly reply: HandshakeReply;
  readonly note: RegExp;
  readonly link?: HandshakeAnswer["link"];
  readonly nearMisses: readonly Message[];
}

export function get(target: string, ...headers: string[]): Message {
  return { method: "GET", target, headers: ["Host", "h", ...headers], body: textBody("") };
}

export function post(body: string, ...headers: string[]): Message {
  return { method: "POST", target: "/", headers: ["Host", "h", ...headers], body: textBody(body) };
}

const PLAIN = ["Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff"];
const JSON_TYPE = ["Content-Type", "application/json", "X-Content-Type-Options", "nosniff"];
const plain = (body: string): HandshakeReply => ({ status: 200, headers: PLAIN, body });
const json = (body: string): HandshakeReply => ({ status: 200, headers: JSON_TYPE, body });

const signedByDiscord = ["X-Signature-Ed25519", "00".repeat(64), "X-Signature-Timestamp", "1700000000"];
const snsLink =
  "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:us-east-1:1:orders&Token=23";
const snsBody = JSON.stringify({ TopicArn: "arn:aws:sns:us-east-1:1:orders", SubscribeURL: snsLink });

export const examples: Readonly<Record<string, HandshakeExample>> = {
  slack: {
    request: post('{"token":"Jhj5","challenge":"3eZbrw1aBm2rZgRNFdxV","type":"url_verification"}'),
    reply: plain("3eZbrw1aBm2rZgRNFdxV"),
    note: /Slack asks/,
    nearMisses: [
      post('{"type":"event_callback","challenge":"x","event":{"type":"url_verification"}}'),
      post('{"type":"url_verification"}'),
      post('{"type":"url_verification","challenge":{"a":1}}'),
      post('{"type":"url_verification","challenge":""}'),
    ],
  },
  zoom: {
    request: post(
      '{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680,"event":"endpoint.url_validation"}',
    ),
    secrets: [{ name: "--secret", text: "zoom-secret" }],
    reply: json(
      '{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"b17f0320a1322a509340a1a835b3d9edbc491f0b0790ed2d20d0604d39dfe922"}',
    ),
    note: /signed with --secret\.$/,
    nearMisses: [
      post('{"event":"meeting.started","payload":{"plainToken":"abc"}}'),
      post('{"event":"endpoint.url_validation","payload":{}}'),
      // Signing it would forge an event.
      post(
        JSON.stringify({ event: "endpoint.url_validation", payload: { plainToken: 'v0:1700000000:{"event":"x"}' } }),
      ),
    ],
  },
  discord: {
    request: post('{"type":1,"id":"1","application_id":"2"}', ...signedByDiscord),
    facts: { provider: "discord", verdict: { kind: "verified" } },
    reply: json('{"type":1}'),
    note: /ping was answered\.$/,
    nearMisses: [
      post('{"type":1}'),
      post('{"type":2,"id":"1"}', ...signedByDiscord),
      post('{"type":"1"}', ...signedByDiscord),
      post('{"type":1,"event":{"type":"APPLICATION_AUTHORIZED"}}', ...signedByDiscord),
      post("[1]", ...signedByDiscord),
    ],
  },
  meta: {
    request: get("/?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock"),
    reply: plain("1158201444"),
    note: /compared with nothing\.$/,
    nearMisses: [
      get("/?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=x"),
      get("/?hub.mode=subscribe&hub.challenge=1&hub.topic=http://t/&hub.verify_token=x"),
      get("/?hub.mode=subscribe&hub.challenge=&hub.verify_token=x"),
      { ...get("/?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x"), method: "POST" },
    ],
  },
  dropbox: {
    request: get("/hook?challenge=abc%20123"),
    reply: plain("abc 123"),
    note: /challenge went back/,
    nearMisses: [get("/hook?challenges=1"), get("/hook?challenge="), { ...get("/hook?challenge=1"), method: "PUT" }],
  },
  asana: {
    request: post("{}", "X-Hook-Secret", "b537207f20cbfa02357cf448134da559"),
    reply: { ...plain(""), headers: [...PLAIN, "X-Hook-Secret", "b537207f20cbfa02357cf448134da559"] },
    note: /: b537207f20cbfa02357cf448134da559$/,
    nearMisses: [
      post("{}", "X-Hook-Secret", "a", "X-Hook-Signature", "00"),
      post("{}", "X-Hook-Secret", ""),
      post("{}", "X-Hook-Secret", "a\r\nSet-Cookie: b=1"),
      post("{}", "X-Hook-Secret", "a\u00e9"),
    ],
  },
  cloudevents: {
    request: {
      ...get("/", "WebHook-Request-Origin", "eventemitter.example.com", "WebHook-Request-Rate", "120"),
      method: "OPTIONS",
    },
    reply: {
      status: 200,
      headers: ["Allow", "POST", "WebHook-Allowed-Origin", "eventemitter.example.com", "WebHook-Allowed-Rate", "120"],
      body: "",
    },
    note: /^eventemitter\.example\.com was allowed/,
    nearMisses: [
      { ...get("/", "Origin", "https://a.example", "Access-Control-Request-Method", "POST"), method: "OPTIONS" },
      { ...get("/", "WebHook-Request-Origin", "a\nb"), method: "OPTIONS" },
      get("/", "WebHook-Request-Origin", "a.example"),
    ],
  },
  sns: {
    request: post(snsBody, "X-Amz-Sns-Message-Type", "SubscriptionConfirmation"),
    reply: plain("ok\n"),
    note: /arn:aws:sns:us-east-1:1:orders: visit the link to agree\.$/,
    link: snsLink,
    nearMisses: [
      post(snsBody, "X-Amz-Sns-Message-Type", "Notification"),
      post('{"SubscribeURL":"javascript:alert(1)"}', "X-Amz-Sns-Message-Type", "SubscriptionConfirmation"),
      post('{"SubscribeURL":7}', "X-Amz-Sns-Message-Type", "SubscriptionConfirmation"),
      post("no json", "X-Amz-Sns-Message-Type", "SubscriptionConfirmation"),
    ],
  },
  notion: {
    request: post('{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}'),
    reply: plain("ok\n"),
    note: /: secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl$/,
    nearMisses: [
      post('{"verification_token":1}'),
      post('{"verification_token":"a b"}'),
      post('{"verification_token":"secret_x","type":"page.created"}'),
    ],
  },
  github: {
    request: post('{"zen":"Design for failure.","hook_id":1}', "X-GitHub-Event", "ping"),
    reply: plain("pong\n"),
    note: /GitHub's first event/,
    nearMisses: [post('{"zen":"x"}', "X-GitHub-Event", "push"), post('{"zen":"x"}')],
  },
  figma: {
    request: post('{"event_type":"PING","passcode":"p","timestamp":"2020-02-23T20:27:16Z","webhook_id":"22"}'),
    reply: plain("pong\n"),
    note: /Figma's first event/,
    nearMisses: [post('{"event_type":"FILE_UPDATE","passcode":"PING"}'), post('{"event_type":"PING"}')],
  },
  trello: {
    request: { ...get("/"), method: "HEAD" },
    reply: plain(""),
    note: /as Trello does/,
    nearMisses: [get("/")],
  },
  "microsoft-graph": {
    request: { ...post(""), target: "/?validationToken=Validation%3A+Testing+client+%3Cb%3E" },
    reply: plain("Validation: Testing client <b>"),
    note: /Microsoft Graph asks/,
    nearMisses: [get("/?validationToken="), get("/?validationtoken=1")],
  },
  twitch: {
    request: post(
      '{"challenge":"pogchamp-kappa-360noscope-vohiyo","subscription":{"id":"f1c2"}}',
      "Twitch-Eventsub-Message-Type",
      "webhook_callback_verification",
    ),
    reply: plain("pogchamp-kappa-360noscope-vohiyo"),
    note: /Twitch sets up/,
    nearMisses: [
      post('{"challenge":"x","subscription":{}}', "Twitch-Eventsub-Message-Type", "notification"),
      post('{"challenge":["x"],"subscription":{}}', "Twitch-Eventsub-Message-Type", "webhook_callback_verification"),
    ],
  },
  monday: {
    request: post('{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}'),
    reply: json('{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}'),
    note: /as monday\.com does/,
    nearMisses: [post('{"challenge":"x","id":"evt_1"}'), post('{"challenge":1}'), post('["challenge"]')],
  },
  okta: {
    request: get("/", "X-Okta-Verification-Challenge", "Lx8AfQY_zGU5"),
    reply: json('{"verification":"Lx8AfQY_zGU5"}'),
    note: /Okta verifies/,
    nearMisses: [post("{}", "X-Okta-Verification-Challenge", "x"), get("/", "X-Okta-Verification-Challenge", "")],
  },
  x: {
    request: get("/?crc_token=NjI0Mjc3NjQ3"),
    secrets: [{ name: "HOOKCLI_SECRET_X", text: "consumer-secret", provider: "x" }],
    reply: json('{"response_token":"sha256=ZA+B+VJxK2+v5hZdK9vI9IviErYu397WBlwbsF3hih0="}'),
    note: /signed with HOOKCLI_SECRET_X\.$/,
    nearMisses: [
      get("/?crc_token="),
      get("/?crc_token=%7B%22a%22%3A1%7D"),
      { ...get("/?crc_token=a"), method: "POST" },
    ],
  },
  braintree: {
    request: get("/?bt_challenge=20f9f8ed05f77439fe955c977e4c8a53"),
    reply: { status: 501, headers: PLAIN, body: "hookcli does not confirm this\n" },
    note: /private and a public API key/,
    nearMisses: [get("/?bt_challenge=")],
  },
  adyen: {
    request: post(
      '{"live":"false","notificationItems":[{"NotificationRequestItem":{"eventCode":"AUTHORISATION","pspReference":"test_AUTHORISATION_1"}}]}',
    ),
    reply: plain("[accepted]"),
    note: /Adyen's test/,
    nearMisses: [
      post('{"notificationItems":[{"NotificationRequestItem":{"pspReference":"7914073381342284"}}]}'),
      post('{"notificationItems":[]}'),
      post('{"notificationItems":{"0":1}}'),
    ],
  },
};
