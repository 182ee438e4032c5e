import { nearestOf } from "../model/nearest.ts";
import { isPlace } from "./places.ts";
import type { Algorithm, Encoding, KeyForm, Scheme, Signature, TemplateSignature, TimestampRule } from "./scheme.ts";
import { templateProblem } from "./template-problem.ts";

/** A scheme of a person's own, or what is wrong with it. */
export type CustomScheme =
  | { readonly kind: "scheme"; readonly scheme: Scheme }
  | {
      readonly kind: "problem";
      /** From the scheme to the value: `["signature", "headers"]`. */
      readonly steps: readonly string[];
      /** Follows the key: `must be one of hex, base64, base64url, not "hexx"`. */
      readonly problem: string;
    };

type Fields = Readonly<Record<string, unknown>>;

const ALGORITHMS = ["hmac-sha256", "hmac-sha1", "hmac-sha512", "sha256", "ed25519", "ecdsa-p256-sha256"] as const;
const ENCODINGS = ["hex", "base64", "base64url"] as const;
const KEY_FORMS = ["utf8", "utf8-nfkd", "base64", "hex", "whsec", "whsec-or-utf8", "ed25519", "ecdsa"] as const;
const SEPARATORS = [",", ";", " "] as const;
const UNITS = ["s", "ms", "iso"] as const;
const SCHEME_KEYS =
  "title source signature eventId eventType occurredAt objectId attempt attemptsFrom headers userAgent contentType ackBudgetMs".split(
    " ",
  );
const TEMPLATE_KEYS = "kind algorithm encoding key content headers alsoIn separator timestamp".split(" ");
const STATIC_KEYS = ["kind", "place"];
const TIMESTAMP_KEYS = "unit toleranceMs refusesFuture place".split(" ");
/** A day is longer than any provider waits. */
const MOST_MS = 86_400_000;

/** What is wrong, on the way up to whoever reads the whole. Never leaves this file. */
class Wrong extends Error {
  readonly steps: readonly string[];

  constructor(steps: readonly string[], problem: string) {
    super(problem);
    this.steps = steps;
  }
}

/**
 * Reads a scheme as it stands in a configuration file: the same object as those that are built in, where only
 * `signature.headers` (or `signature.place`, for a token that is sent along) must be said. Without more it is HMAC with
 * SHA-256 over the body, in hex, under the secret as it is.
 */
export function readCustomScheme(name: string, value: unknown): CustomScheme {
  try {
    return { kind: "scheme", scheme: schemeOf(name, value) };
  } catch (error) {
    if (error instanceof Wrong) return { kind: "problem", steps: error.steps, problem: error.message };
    throw error;
  }
}

function schemeOf(name: string, value: unknown): Scheme {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name))
    throw new Wrong([], "must have a name of small letters, digits and hyphens, at most 40");
  const fields = objectAt(value, [], SCHEME_KEYS);
  const headers = optional(fields, "headers", headersAt);
  const attemptsFrom = optional(fields, "attemptsFrom", (from, steps) => oneOf(from, steps, [0, 1] as const));
  const eventId = optional(fields, "eventId", placeAt);
  const eventType = optional(fields, "eventType", placeAt);
  const occurredAt = optional(fields, "occurredAt", placeAt);
  const objectId = optional(fields, "objectId", placeAt);
  const attempt = optional(fields, "attempt", placeAt);
  const userAgent = optional(fields, "userAgent", textAt);
  const contentType = optional(fields, "contentType", textAt);
  const ackBudgetMs = optional(fields, "ackBudgetMs", durationAt);
  return {
    name,
    title: optional(fields, "title", textAt) ?? name,
    source: optional(fields, "source", textAt) ?? "a configuration file",
    trust: "reference",
    signature: signatureAt(fields["signature"], ["signature"]),
    ...(headers && { headers }),
    ...(eventId !== undefined && { eventId }),
    ...(eventType !== undefined && { eventType }),
    ...(occurredAt !== undefined && { occurredAt }),
    ...(objectId !== undefined && { objectId }),
    ...(attempt !== undefined && { attempt }),
    ...(attemptsFrom !== undefined && { attemptsFrom }),
    ...(userAgent !== undefined && { userAgent }),
    ...(contentType !== undefined && { contentType }),
    ...(ackBudgetMs !== undefined && { ackBudgetMs }),
  };
}

function signatureAt(value: unknown, steps: readonly string[]): Signature {
  if (value === undefined)
    throw new Wrong(steps, 'is missing; it is like { "headers": { "X-Signature": "sha256={sig}" } }');
  const isStatic = typeof value === "object" && value !== null && Object.hasOwn(value, "place");
  const fields = objectAt(value, steps, isStatic ? STATIC_KEYS : TEMPLATE_KEYS);
  const kind = isStatic ? "static" : "template";
  optional(fields, "kind", (told, at) => oneOf(told, at, [kind] as const), steps);
  if (isStatic) return { kind: "static", place: tokenPlaceAt(fields["place"], [...steps, "place"]) };
  const template = templateAt(fields, steps);
  const found = templateProblem(template);
  if (found) throw new Wrong([...steps, ...found.steps], found.problem);
  return template;
}

function templateAt(fields: Fields, steps: readonly string[]): TemplateSignature {
  const algorithm: Algorithm = optional(fields, "algorithm", choice(ALGORITHMS), steps) ?? "hmac-sha256";
  const encoding: Encoding = optional(fields, "encoding", choice(ENCODINGS), steps) ?? "hex";
  const key: KeyForm = optional(fields, "key", choice(KEY_FORMS), steps) ?? keyFormFor(algorithm);
  const alsoIn = optional(fields, "alsoIn", textsAt, steps);
  const separator = optional(fields, "separator", choice(SEPARATORS), steps);
  const timestamp = optional(fields, "timestamp", timestampAt, steps);
  return {
    kind: "template",
    algorithm,
    encoding,
    key,
    content: optional(fields, "content", textAt, steps) ?? "{body}",
    headers: headersAt(fields["headers"] ?? {}, [...steps, "headers"]),
    ...(alsoIn && { alsoIn }),
    ...(separator !== undefined && { separator }),
    ...(timestamp && { timestamp }),
  };
}

function keyFormFor(algorithm: Algorithm): KeyForm {
  if (algorithm === "ed25519") return "ed25519";
  return algorithm === "ecdsa-p256-sha256" ? "ecdsa" : "utf8";
}

function timestampAt(value: unknown, steps: readonly string[]): TimestampRule {
  const fields = objectAt(value, steps, TIMESTAMP_KEYS);
  const toleranceMs = optional(fields, "toleranceMs", durationAt, steps);
  const refusesFuture = optional(fields, "refusesFuture", (told, at) => oneOf(told, at, [true, false] as const), steps);
  const place = optional(fields, "place", bodyPlaceAt, steps);
  return {
    unit: optional(fields, "unit", choice(UNITS), steps) ?? "s",
    ...(toleranceMs !== undefined && { toleranceMs }),
    ...(refusesFuture !== undefined && { refusesFuture }),
    ...(place !== undefined && { place }),
  };
}

function optional<Value>(
  fields: Fields,
  key: string,
  read: (value: unknown, steps: readonly string[]) => Value,
  steps: readonly string[] = [],
): Value | undefined {
  const value = fields[key];
  return value === undefined ? undefined : read(value, [...steps, key]);
}

function objectAt(value: unknown, steps: readonly string[], keys?: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Wrong(steps, `must be an object, not ${shown(value)}`);
  const stray = keys && Object.keys(value).find((key) => !keys.includes(key));
  if (stray === undefined || !keys) return value as Fields;
  const meant = nearestOf(stray, keys);
  throw new Wrong(
    [...steps, stray],
    meant === undefined ? `is none of ${keys.join(", ")}` : `is unknown; did you mean ${meant}?`,
  );
}

function choice<const Value extends string>(values: readonly Value[]) {
  return (value: unknown, steps: readonly string[]): Value => oneOf(value, steps, values);
}

function oneOf<const Value>(value: unknown, steps: readonly string[], values: readonly Value[]): Value {
  const found = values.find((one) => one === value);
  if (found !== undefined) return found;
  throw new Wrong(steps, `must be one of ${values.map((one) => JSON.stringify(one)).join(", ")}, not ${shown(value)}`);
}

function textAt(value: unknown, steps: readonly string[]): string {
  if (typeof value === "string" && value !== "") return value;
  throw new Wrong(steps, `must be a text, not ${shown(value)}`);
}

function textsAt(value: unknown, steps: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.map((one) => textAt(one, steps));
  throw new Wrong(steps, `must be a list of texts, not ${shown(value)}`);
}

function headersAt(value: unknown, steps: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectAt(value, steps)).map(([name, text]) => [name, textAt(text, [...steps, name])]),
  );
}

function placeAt(value: unknown, steps: readonly string[]): string {
  const text = textAt(value, steps);
  if (isPlace(text)) return text;
  throw new Wrong(steps, `must name places like "h:x-event-id" or "b:data.id|b:id", not ${shown(value)}`);
}

function tokenPlaceAt(value: unknown, steps: readonly string[]): string {
  const text = placeAt(value, steps);
  if (!/[|+]/.test(text) && !text.startsWith("q:")) return text;
  throw new Wrong(steps, `must be one place, like "h:x-token" or "b:passcode", not ${shown(value)}`);
}

function bodyPlaceAt(value: unknown, steps: readonly string[]): string {
  const text = tokenPlaceAt(value, steps);
  if (text.startsWith("b:")) return text;
  throw new Wrong(
    steps,
    `must be a place in the body, like "b:sent_at", not ${shown(value)}; a header is where {ts} stands`,
  );
}

function durationAt(value: unknown, steps: readonly string[]): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0 && value <= MOST_MS) return value;
  throw new Wrong(steps, `must be milliseconds from 1 to ${MOST_MS}, not ${shown(value)}`);
}

/** Its kind alone where it is more than one word, for it may hold anything. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
