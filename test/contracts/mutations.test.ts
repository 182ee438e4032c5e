import { createHash, createHmac } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { bytesBody } from "../../src/core/model/body.ts";
import type { Secret } from "../../src/core/model/secret.ts";
import { explain } from "../../src/core/schemes/explain/explain.ts";
import type { Explanation } from "../../src/core/schemes/explain/explanation.ts";
import { computedMutations, readingMutations } from "../../src/core/schemes/explain/mutations/index.ts";
import { findScheme } from "../../src/core/schemes/known-schemes.ts";
import { schemes } from "../../src/core/schemes/index.ts";
import { MessageView } from "../../src/core/schemes/message-view.ts";

const TS = "1772600767";
const AT_MS = Number(TS) * 1000 + 500;
const ID = "msg_2Lf8";
const URL = "https://shop.example.test/hooks?v=1";
/** Written by hand: no program's own form, so that a smaller change is never the same as writing it anew. */
const BODY = '{"type" : "order.created","name":"Zo\u00eb \\u00e9","url":"https:\\/\\/a.test/b","amount":1.50}';
const COMPACT = '{"type":"order.created","id":"evt_1","name":"Zo\u00eb","amount":2}';

/** One side's idea of a signature, and the request that it makes of it. */
interface Sender {
  readonly secret: string;
  readonly key: (secret: string) => Buffer | string;
  readonly content: (body: Buffer, ts: string, url: string) => Buffer;
  readonly hash: (key: Buffer | string, content: Buffer) => Buffer;
  readonly encode: (mac: Buffer) => string;
  readonly headers: (sig: string, ts: string) => readonly string[];
}

const hmac =
  (name: string): Sender["hash"] =>
  (key, content) =>
    createHmac(name, key).update(content).digest();
const text = (secret: string): string => secret;
const joined = (...pieces: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat(pieces.map((one) => Buffer.from(one)));
const hex = (mac: Buffer): string => mac.toString("hex");
const dated = (body: Buffer, ts: string): Buffer => joined(ts, ".", body);
const SHA256 = hmac("sha256");

const senders = {
  stripe: {
    secret: "whsec_abcdefgh12345678abcdefgh12345678",
    key: text,
    content: dated,
    hash: SHA256,
    encode: hex,
    headers: (sig, ts) => ["Stripe-Signature", `t=${ts},v1=${sig}`],
  },
  github: {
    secret: "0123456789abcdef0123456789abcdef",
    key: text,
    content: (body) => body,
    hash: SHA256,
    encode: hex,
    headers: (sig) => ["X-GitHub-Event", "push", "X-GitHub-Delivery", ID, "X-Hub-Signature-256", `sha256=${sig}`],
  },
  standardwebhooks: {
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    key: (secret) => Buffer.from(secret.replace("whsec_", ""), "base64"),
    content: (body, ts) => joined(ID, ".", ts, ".", body),
    hash: SHA256,
    encode: (mac) => mac.toString("base64"),
    headers: (sig, ts) => ["webhook-id", ID, "webhook-timestamp", ts, "webhook-signature", `v1,${sig}`],
  },
  "generic-t-v1": {
    secret: "s3cr3t_k3y",
    key: text,
    content: dated,
    hash: SHA256,
    encode: hex,
    headers: (sig, ts) => ["X-Webhook-Signature", `t=${ts},v1=${sig}`],
  },
  "generic-sha256": {
    secret: "s3cr3t_k3y_f0r_w3bh00k",
    key: text,
    content: (body) => body,
    hash: SHA256,
    encode: hex,
    headers: (sig) => ["X-Signature-256", `sha256=${sig}`],
  },
  square: {
    secret: "sq_signature_key",
    key: text,
    content: (body, _, url) => joined(url, body),
    hash: SHA256,
    encode: (mac) => mac.toString("base64"),
    headers: (sig) => ["x-square-hmacsha256-signature", sig],
  },
} satisfies Record<string, Sender>;

type Name = keyof typeof senders;

/** How a request came to be wrong. What is left out is right. */
interface Wrong extends Partial<Omit<Sender, "secret">> {
  /** Whose requests; undefined: all but those that sign an address. */
  readonly for?: readonly Name[];
  /** The secret as it was given to hookcli. */
  readonly given?: (secret: string) => string;
  readonly otherSecrets?: readonly Secret[];
  readonly sent?: Buffer | string;
  readonly signed?: Buffer | string;
  readonly signedUrl?: string;
  readonly signedTs?: string;
  readonly host?: string;
  /** Judged by another scheme than the sender's. */
  readonly as?: string;
  /** Names that come with it, where it cannot happen alone. */
  readonly also?: readonly string[];
}

const DATED = ["stripe", "generic-t-v1"] as const;
const TEXT_KEYS = ["stripe", "github", "generic-t-v1", "generic-sha256"] as const;
const PRETTY = JSON.stringify(JSON.parse(COMPACT), null, 2);
const python = (sorted: boolean): string => {
  const fields = Object.entries(JSON.parse(COMPACT) as Record<string, unknown>);
  if (sorted) fields.sort(([a], [b]) => (a < b ? -1 : 1));
  const items = fields.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(", ");
  return `{${items}}`.replace("\u00eb", "\\u00eb");
};

/** For each mutation the ways in which a request is wrong in exactly that one. */
const waysToBeWrong: Readonly<Record<string, readonly Wrong[]>> = {
  "secret-trimmed": [{ given: (secret) => ` ${secret}\n` }],
  "secret-newline": [
    { for: TEXT_KEYS, key: (secret) => `${secret}\n` },
    { for: TEXT_KEYS, key: (secret) => `${secret}\r\n` },
  ],
  "secret-unquoted": [{ given: (secret) => `"${secret}"` }, { given: (secret) => `'${secret}'` }],
  "secret-without-prefix": [{ for: ["stripe"], key: (secret) => secret.replace("whsec_", "") }],
  "secret-with-prefix": [{ for: ["stripe"], given: (secret) => secret.replace("whsec_", "") }],
  "secret-missing": [
    { key: () => "" },
    { for: TEXT_KEYS, key: () => "undefined" },
    { for: TEXT_KEYS, key: () => "None" },
  ],
  "other-secret": [
    {
      given: () => "whsec_bm90aGluZw==",
      otherSecrets: Object.entries(senders).map(([name, { secret }]) => ({ name, text: secret })),
    },
  ],
  "secret-as-text": [{ for: ["standardwebhooks"], key: text }],
  "secret-as-base64": [
    { for: ["stripe"], key: (secret) => Buffer.from(secret.replace("whsec_", ""), "base64") },
    { for: ["github"], key: (secret) => Buffer.from(secret, "base64") },
  ],
  "secret-as-hex": [{ for: ["github"], key: (secret) => Buffer.from(secret, "hex") }],
  "newline-added": [{ signed: `${BODY}\n` }, { signed: `${BODY}\r\n` }],
  "newline-removed": [
    { sent: `${BODY}\n`, signed: BODY },
    { sent: `${BODY}\r\n`, signed: BODY },
    { sent: ` ${BODY} \n`, signed: BODY },
  ],
  "line-ends-lf": [{ sent: PRETTY.replaceAll("\n", "\r\n"), signed: PRETTY }],
  "line-ends-crlf": [{ sent: PRETTY, signed: PRETTY.replaceAll("\n", "\r\n") }],
  "bom-removed": [{ sent: `\ufeff${BODY}`, signed: BODY }],
  "bom-added": [{ signed: `\ufeff${BODY}` }],
  "unicode-escaped": [
    { signed: BODY.replace("\u00eb", "\\u00eb") },
    { signed: BODY.replace("\u00eb", "\\u00EB") },
    { sent: COMPACT, signed: COMPACT.replace("\u00eb", "\\u00eb") },
  ],
  "unicode-unescaped": [{ signed: BODY.replace("\\u00e9", "\u00e9") }],
  "escape-case": [{ signed: BODY.replace("\\u00e9", "\\u00E9") }],
  slashes: [{ signed: BODY.replaceAll("\\/", "/") }, { sent: '{"a" : "x/y"}', signed: '{"a" : "x\\/y"}' }],
  "json-javascript": [
    { sent: PRETTY, signed: COMPACT },
    { sent: COMPACT, signed: PRETTY },
    { sent: COMPACT, signed: JSON.stringify(JSON.parse(COMPACT), null, 4) },
    { signed: JSON.stringify(JSON.parse(BODY)) },
  ],
  "json-python": [
    { sent: COMPACT, signed: python(false) },
    { sent: PRETTY, signed: python(false) },
  ],
  "json-sorted": [
    { sent: COMPACT, signed: python(true) },
    { sent: COMPACT, signed: '{"amount":2,"id":"evt_1","name":"Zo\u00eb","type":"order.created"}' },
  ],
  "json-white-space": [{ sent: '{\n "a": 1.50, "b": [ 1 ]\n}', signed: '{"a":1.50,"b":[1]}' }],
  "json-escapes": [
    { sent: '{ "a": "x/y \u00eb" }', signed: '{"a":"x\\/y \\u00eb"}' },
    { sent: '{ "a": "<b>" }', signed: '{"a":"\\u003cb\\u003e"}' },
  ],
  "form-decoded": [
    { sent: "payload=%7B%22a%22%3A1%7D", signed: '{"a":1}' },
    { sent: "a=x+y&b=%C3%AB", signed: "a=x y&b=\u00eb" },
    { sent: "a=x%20y", signed: "a=x+y" },
    { sent: "a=1&b=2", signed: '{"a":"1","b":"2"}' },
  ],
  "body-base64": [
    { signed: Buffer.from(BODY).toString("base64") },
    { sent: Buffer.from(BODY).toString("base64"), signed: BODY },
  ],
  "body-quoted": [{ signed: JSON.stringify(BODY) }, { sent: JSON.stringify(BODY), signed: BODY }],
  "body-empty": [{ signed: "" }],
  "body-decompressed": [{ sent: gzipSync(BODY), signed: BODY }],
  "body-charset": [{ signed: Buffer.from(BODY, "latin1") }, { sent: Buffer.from(BODY, "latin1"), signed: BODY }],
  "body-alone": [{ for: [...DATED, "standardwebhooks", "square"], content: (body) => body }],
  "content-form": [
    { for: ["stripe"], content: (body, ts) => joined(ts, ":", body) },
    { for: ["stripe", "standardwebhooks"], content: (body, ts) => joined(ts, body) },
    { for: ["standardwebhooks"], content: dated },
    { for: ["generic-t-v1"], content: (body, ts) => joined("v0:", ts, ":", body) },
    { for: ["github"], content: (body) => joined(ID, ".", body) },
    { for: ["square"], content: (body, _, url) => joined(body, url) },
  ],
  "plain-hash": [
    { for: ["github", "generic-sha256"], hash: (_, content) => createHash("sha256").update(content).digest() },
    {
      for: ["github", "stripe"],
      content: (body) => body,
      hash: (key, body) => createHash("sha256").update(joined(key, body)).digest(),
    },
  ],
  "timestamp-unit": [
    { for: [...DATED, "standardwebhooks"], signedTs: `${TS}000` },
    { for: DATED, signedTs: new Date(Number(TS) * 1000).toISOString() },
  ],
  "timestamp-other": [
    {
      for: ["generic-t-v1"],
      signedTs: "1772600001",
      headers: (sig) => ["X-Webhook-Timestamp", "1772600001", "X-Webhook-Signature", `t=${TS},v1=${sig}`],
    },
  ],
  "url-other": [{ for: ["square"], host: "shop.test", signedUrl: "https://shop.test/hooks?v=1" }],
  "url-scheme": [{ for: ["square"], signedUrl: "http://shop.example.test/hooks?v=1" }],
  "url-port": [{ for: ["square"], signedUrl: "https://shop.example.test:443/hooks?v=1" }],
  "url-path": [
    { for: ["square"], signedUrl: "https://shop.example.test/hooks/?v=1" },
    { for: ["square"], signedUrl: "https://shop.example.test/?v=1" },
  ],
  "url-query": [{ for: ["square"], signedUrl: "https://shop.example.test/hooks" }],
  algorithm: [
    { for: TEXT_KEYS, hash: hmac("sha512") },
    { for: ["github"], hash: hmac("sha1") },
  ],
  "other-scheme": [{ for: ["generic-t-v1"], as: "generic-webhook" }],
  "upper-case-hex": [{ for: TEXT_KEYS, encode: (mac) => hex(mac).toUpperCase() }],
  "signature-encoding": [
    { for: ["square"], encode: hex },
    { for: ["square"], encode: (mac) => mac.toString("base64url") },
    { for: ["square"], encode: (mac) => Buffer.from(hex(mac)).toString("base64") },
  ],
  "signature-prefix": [
    { for: ["github"], headers: (sig) => ["X-GitHub-Event", "push", "X-Hub-Signature-256", sig] },
    { for: ["stripe"], headers: (sig, ts) => ["Stripe-Signature", `t=${ts},v2=${sig}`] },
  ],
  "other-header": [{ for: ["generic-sha256"], headers: (sig) => ["X-Shop-Signature", `sha256=${sig}`] }],
};

const all = [...computedMutations, ...readingMutations].map(({ name }) => name);

test("every mutation has its way", () => {
  expect(Object.keys(waysToBeWrong).sort()).toEqual([...all].sort());
  expect(new Set(all).size).toBe(all.length);
});

describe("what is wrong is named, and nothing else", () => {
  for (const name of all) {
    for (const [at, wrong] of (waysToBeWrong[name] ?? []).entries()) {
      const names = wrong.for ?? (["stripe", "github", "standardwebhooks", "generic-t-v1", "generic-sha256"] as const);
      for (const sender of names) {
        test(`${name} ${at + 1}: ${sender}`, async () => {
          const { search } = await explained(sender, wrong);
          expect(search?.diagnosis?.causes.map((cause) => cause.name).sort()).toEqual(
            [name, ...(wrong.also ?? [])].sort(),
          );
        });
      }
    }
  }
});

async function explained(name: Name, wrong: Wrong): Promise<Explanation> {
  const sender: Sender = { ...senders[name], ...wrong };
  const sent = Buffer.from(wrong.sent ?? BODY);
  const signed = Buffer.from(wrong.signed ?? sent);
  const content = sender.content(signed, wrong.signedTs ?? TS, wrong.signedUrl ?? URL);
  const sig = sender.encode(sender.hash(sender.key(sender.secret), content));
  const headers = [
    "Host",
    wrong.host ?? "shop.example.test",
    "Content-Type",
    "application/json",
    ...sender.headers(sig, TS),
  ];
  const view = new MessageView({ method: "POST", target: "/hooks?v=1", headers, body: bytesBody(sent) });
  const scheme = findScheme(wrong.as ?? name);
  if (!scheme) throw new Error(`no scheme ${name}`);
  return explain(view, scheme, {
    secrets: [{ name: "--secret", text: (wrong.given ?? text)(sender.secret) }],
    otherSecrets: async () => wrong.otherSecrets ?? [],
    schemes,
    urls: [URL],
    isExpected: true,
    atMs: AT_MS,
  });
}
