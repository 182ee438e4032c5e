import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { type Body, bytesBody } from "../../src/core/model/body.ts";
import type { Message } from "../../src/core/model/request.ts";
import type { Secret } from "../../src/core/model/secret.ts";
import { judge, type JudgeContext, type Judgement } from "../../src/core/schemes/judge.ts";
import { MessageView } from "../../src/core/schemes/message-view.ts";
import { ruleOf } from "../../src/core/schemes/template-rule.ts";
import type { Draft, KeyForm, Scheme, Stamp } from "../../src/core/schemes/scheme.ts";
import { canSign, signMessage } from "../../src/core/schemes/sign.ts";
import { schemes } from "../../src/core/schemes/index.ts";

export const SIGNED_AT_MS = Date.parse("2026-03-04T05:06:07.000Z");
const URL_OF_PROVIDER = "https://shop.example.com/hooks?from=provider";

/** Every scheme that hookcli can sign for. */
export const signable: readonly Scheme[] = schemes.filter(canSign);
/** Those of them that sign something, and do not merely send a secret along. */
export const signing: readonly Scheme[] = signable.filter(({ signature }) => signature.kind !== "static");

const ed25519 = generateKeyPairSync("ed25519");
const ecdsa = generateKeyPairSync("ec", { namedCurve: "P-256" });
const otherEd25519 = generateKeyPairSync("ed25519");
const otherEcdsa = generateKeyPairSync("ec", { namedCurve: "P-256" });

/** Two secrets of the form that a scheme wants. */
export function secretsOf(scheme: Scheme): readonly [right: Secret, wrong: Secret] {
  const key = ruleOf(scheme)?.key ?? "utf8";
  const [right, wrong] = textsOf(key);
  return [
    { name: "the right one", text: right },
    { name: "the wrong one", text: wrong },
  ];
}

function textsOf(key: KeyForm): readonly [string, string] {
  switch (key) {
    case "hex":
      return ["0123456789abcdef".repeat(4), "fedcba9876543210".repeat(4)];
    case "whsec":
    case "whsec-or-utf8":
    case "base64":
      return ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"];
    case "ed25519":
      return [pem(ed25519.privateKey), pem(otherEd25519.privateKey)];
    case "ecdsa":
      return [pem(ecdsa.privateKey), pem(otherEcdsa.privateKey)];
    case "utf8":
    case "utf8-nfkd":
      // Contentful's own library takes 64 characters only.
      return ["s3cret-é✓-".padEnd(64, "x"), "another-secret".padEnd(64, "y")];
    default:
      return key satisfies never;
  }
}

function pem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

/** A body that every scheme can sign: what is signed of it holds `1000`. */
export function bodyOf({ name }: Scheme): Body {
  return bytesBody(Buffer.from(JSON.stringify(name === "adyen" ? adyenEvent() : event())));
}

function event(): unknown {
  const signature = { timestamp: "1", token: "1000", signature: "" };
  return { id: "evt_1", type: "order.paid", note: "Zoë", amount: 1000, webhookTimestamp: 1, passcode: "", signature };
}

function adyenEvent(): unknown {
  const NotificationRequestItem = {
    pspReference: "7914073381342284",
    merchantAccountCode: "Shop",
    merchantReference: "order-1",
    amount: { value: 1000, currency: "EUR" },
    eventCode: "AUTHORISATION",
    success: "true",
    additionalData: { hmacSignature: "" },
  };
  return { live: "false", notificationItems: [{ NotificationRequestItem }] };
}

export function draftOf(scheme: Scheme, changes: Partial<Draft> = {}): Draft {
  return {
    method: "POST",
    target: "/hooks?from=provider",
    headers: ["Host", "shop.example.com", "Content-Type", "application/json"],
    body: bodyOf(scheme),
    url: URL_OF_PROVIDER,
    ...changes,
  };
}

export function stampOf(changes: Partial<Stamp> = {}): Omit<Stamp, "secretText"> {
  let count = 0;
  return {
    nowMs: SIGNED_AT_MS,
    eventId: "evt_1",
    eventType: "order.paid",
    attemptNumber: 1,
    uuid: () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, "0")}`,
    ...changes,
  };
}

/** Signed by the first of the scheme's two secrets. */
export function signed(scheme: Scheme, changes: Partial<Draft> = {}): Promise<Message> {
  return signMessage(draftOf(scheme, changes), scheme, secretsOf(scheme)[0], stampOf());
}

/** Judged at the moment it was signed, with the right secret. */
export async function judged(
  message: Message,
  scheme: Scheme,
  changes: Partial<JudgeContext> = {},
): Promise<Judgement> {
  return judge(new MessageView(message), scheme, {
    secrets: secretsOf(scheme).slice(0, 1),
    isExpected: false,
    urls: [`https://shop.example.com${message.target}`],
    atMs: SIGNED_AT_MS,
    ...changes,
  });
}

/** The same message with another byte in what was signed of its body: 1000 becomes 1001. */
export function withOtherBody(message: Message): Message {
  const text = textOf(message.body);
  // Mailgun signs the token alone, which is drawn anew.
  const changed = text.includes('"token":"1000"') ? text.replace("1000,", "1001,") : text.replace("1000", "1001");
  const tampered = /"token":"[0-9a-f]{50}"/.test(text) ? text.replace(/("token":")(.)/, otherDigit) : changed;
  return { ...message, body: bytesBody(Buffer.from(tampered)) };
}

/** The same message where one character of a signature is another one. */
export function withOtherSignature(message: Message, signature: string): Message {
  const other = `${signature.startsWith("A") || signature.startsWith("a") ? "b" : "a"}${signature.slice(1)}`;
  const headers = message.headers.map((text, at) => (at % 2 === 1 ? text.replace(signature, other) : text));
  const body = bytesBody(Buffer.from(textOf(message.body).replace(signature, other)));
  return { ...message, headers, body };
}

function otherDigit(_: string, before: string, digit: string): string {
  return `${before}${digit === "0" ? "1" : "0"}`;
}

function textOf(body: Body): string {
  return body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
}
