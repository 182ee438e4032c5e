import { createHmac } from "node:crypto";
import type { Secret } from "../../src/core/model/secret.ts";
import { explain, type ExplainContext } from "../../src/core/schemes/explain/explain.ts";
import type { Explanation } from "../../src/core/schemes/explain/explanation.ts";
import type { Hypothesis, Scene } from "../../src/core/schemes/explain/mutation.ts";
import { sceneOf } from "../../src/core/schemes/explain/scene.ts";
import { findScheme } from "../../src/core/schemes/known-schemes.ts";
import { schemes } from "../../src/core/schemes/index.ts";
import { MessageView } from "../../src/core/schemes/message-view.ts";
import { ruleOf } from "../../src/core/schemes/template-rule.ts";
import type { Scheme } from "../../src/core/schemes/scheme.ts";
import type { Message } from "../../src/core/model/request.ts";
import { textBody } from "./samples.ts";

/** Signed at this second. */
export const SIGNED_AT_S = 1_772_600_767;
export const SECRET: Secret = { name: "--secret", text: "whsec_test_3f9a8c" };
export const BODY = '{"id":"evt_1","type":"order.created"}';

export function hmacHex(text: string | Buffer, secret = SECRET.text): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

/** A request of Stripe's, correctly signed unless changed. */
export function stripeMessage(changes: Partial<Message> = {}, signed = BODY): Message {
  const sig = hmacHex(`${SIGNED_AT_S}.${signed}`);
  return {
    method: "POST",
    target: "/hooks",
    headers: ["Host", "shop.test", "Stripe-Signature", `t=${SIGNED_AT_S},v1=${sig}`],
    body: textBody(BODY),
    ...changes,
  };
}

export function schemeNamed(name: string): Scheme {
  const scheme = findScheme(name);
  if (!scheme) throw new Error(`there is no scheme ${name}`);
  return scheme;
}

export async function explained(
  message: Message,
  changes: Partial<ExplainContext> = {},
  scheme = "stripe",
): Promise<Explanation> {
  return explain(new MessageView(message), schemeNamed(scheme), {
    secrets: [SECRET],
    otherSecrets: async () => [],
    schemes,
    urls: ["https://shop.test/hooks"],
    isExpected: true,
    atMs: SIGNED_AT_S * 1000 + 500,
    ...changes,
  });
}

/** What a search starts from. */
export function sceneFor(message: Message, name = "stripe", otherSecrets: readonly Secret[] = []): Scene {
  const view = new MessageView(message);
  const scheme = schemeNamed(name);
  const presented = ruleOf(scheme)?.present(view);
  const signatures = presented?.kind === "present" ? presented.signatures : [];
  const body = message.body.kind === "bytes" ? message.body.bytes : new Uint8Array(0);
  return sceneOf(view, scheme, body, signatures, { otherSecrets, schemes, urls: ["https://shop.test/hooks"] });
}

/** That nothing was done otherwise. */
export function hypothesisFor(scene: Scene, changes: Partial<Hypothesis> = {}): Hypothesis {
  const { scheme, rule, body, urls, times } = scene;
  return {
    scheme,
    rule,
    secret: SECRET,
    secretText: SECRET.text,
    keyForm: rule?.key ?? "utf8",
    algorithm: rule?.algorithm ?? "hmac-sha256",
    body,
    content: undefined,
    presented: undefined,
    timestamp: times[0],
    url: urls[0] ?? "",
    ...changes,
  };
}
