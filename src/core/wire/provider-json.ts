import type { Signature, Scheme } from "../schemes/scheme.ts";
import type { JsonShape } from "./shapes/index.ts";

/** What `providers <name>` tells beside the scheme. */
export interface ProviderFacts {
  readonly scheme: Scheme;
  /** It comes from a configuration file. */
  readonly isOwn: boolean;
  /** Where a secret for it would be taken from now, the strongest source first. */
  readonly secretNames: readonly string[];
  /** The environment variable for it. */
  readonly variable: string;
}

export function providerToJson({ scheme, isOwn, secretNames, variable }: ProviderFacts): JsonShape<"provider"> {
  const { name, title, source, trust, signature, eventId, eventType, attempt, handshake, schedule, ackBudgetMs, sdk } =
    scheme;
  return {
    v: 1,
    kind: "provider",
    name,
    title,
    own: isOwn,
    source,
    trust,
    signature: signatureToJson(signature),
    eventId: eventId ?? null,
    eventType: eventType ?? null,
    attempt: attempt ?? null,
    handshake: handshake ?? null,
    schedule: schedule ?? null,
    ackBudgetMs: ackBudgetMs ?? null,
    sdk: [...(sdk ?? [])],
    variable,
    secrets: [...secretNames],
  };
}

function signatureToJson(signature: Signature): JsonShape<"provider">["signature"] {
  const { kind } = signature;
  const none = {
    algorithm: null,
    encoding: null,
    key: null,
    content: null,
    headers: [],
    unit: null,
    toleranceMs: null,
  };
  if (kind !== "template" && kind !== "code") return { kind, ...none };
  const { algorithm, encoding, key, timestamp } = signature;
  return {
    kind,
    algorithm,
    encoding,
    key,
    content: kind === "template" ? signature.content : signature.describes,
    headers: kind === "template" ? Object.entries(signature.headers) : [],
    unit: timestamp?.unit ?? null,
    toleranceMs: timestamp?.toleranceMs ?? null,
  };
}
