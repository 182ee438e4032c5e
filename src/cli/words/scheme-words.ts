import type {
  Algorithm,
  Encoding,
  KeyForm,
  Scheme,
  SdkQuirk,
  Signature,
  TimestampRule,
  Trust,
} from "../../core/schemes/scheme.ts";
import { durationText } from "./units.ts";

export const algorithmNames: Readonly<Record<Algorithm, string>> = {
  "hmac-sha256": "HMAC-SHA256",
  "hmac-sha1": "HMAC-SHA1",
  "hmac-sha512": "HMAC-SHA512",
  sha256: "SHA-256",
  ed25519: "Ed25519",
  "ecdsa-p256-sha256": "ECDSA P-256",
};

const encodingNames: Readonly<Record<Encoding, string>> = {
  hex: "hex",
  base64: "base64",
  base64url: "base64url without padding",
};

export const keyTexts: Readonly<Record<KeyForm, string>> = {
  utf8: "its text, every character of it",
  "utf8-nfkd": "its text in Unicode's form NFKD",
  base64: "base64",
  hex: "hex",
  whsec: "base64 behind whsec_",
  "whsec-or-utf8": "base64 behind whsec_; without that prefix its text",
  ed25519: "an Ed25519 key: PEM, hex, base64, whsk_ or whpk_; to sign, the private one",
  ecdsa: "an ECDSA key on P-256: PEM, or base64 of DER; to sign, the private one",
};

export const trustTexts: Readonly<Record<Trust, string>> = {
  measured: "tried out against the provider's own package, in both directions",
  code: "read in the provider's own code",
  official: "from the provider's documentation",
  quoted: "from the provider's documentation, as others quote it",
  secondary: "from what others write about it",
  reference: "hookcli's own rule: no provider stands behind it",
};

export const sdkTexts: Readonly<Record<SdkQuirk, string>> = {
  reserialises: "verifies its own JSON form of the body: what is not compact JSON is refused",
  "reads-text": "reads the body as text: what is not UTF-8 is refused",
  "last-signature-only": "looks at the last of several signatures only",
  "no-age-check": "takes a signature of any age",
  "refuses-empty": "refuses an empty body",
  "refuses-spaces": "refuses a space between the items of the signature's header",
  "secret-of-64": "takes only secrets of 64 characters",
};

/** How a scheme signs, in a few words: `HMAC-SHA256 over {ts}.{body}`. */
export function signaturePhrase(signature: Signature): string {
  switch (signature.kind) {
    case "template":
      return `${algorithmNames[signature.algorithm]} over ${signature.content}`;
    case "code":
      return `${algorithmNames[signature.algorithm]} over ${signature.describes}`;
    case "static":
      return `a token, sent along as it is${signature.unlessSigned ? "; or signed" : ""}`;
    case "unjudged":
      return `not judged: that takes ${signature.why}`;
    case "none":
      return "none";
    default:
      return signature satisfies never;
  }
}

/** `h:x-event-id|b:data.id` -> `header x-event-id, else body data.id` */
export function placeText(place: string): string {
  return place
    .split("|")
    .map((one) => one.split("+").map(partText).join(" + "))
    .join(", else ");
}

function partText(part: string): string {
  const [kind, name] = [part.trim().slice(0, 2), part.trim().slice(2)];
  if (kind === "h:") return `header ${name}`;
  return kind === "q:" ? `query ${name}` : `body ${name}`;
}

/** `in seconds, at most 5 min old, may lie ahead` */
export function timestampText({ unit, toleranceMs, refusesFuture, place }: TimestampRule): string {
  const written = { s: "in seconds", ms: "in milliseconds", iso: "as ISO 8601" }[unit];
  const where = place === undefined ? "" : ` (${placeText(place)})`;
  if (toleranceMs === undefined) return `${written}${where}, of any age`;
  const ahead = refusesFuture === true ? "nor further ahead" : "one from the future passes";
  return `${written}${where}, at most ${durationText(toleranceMs)} old, ${ahead}`;
}

/** Where a scheme's signature stands, as it is written there. */
export function signatureHeaders({ signature }: Scheme): readonly string[] {
  if (signature.kind === "static") return [placeText(signature.place)];
  if (signature.kind === "code") return [...new Set(signature.standsIn)];
  if (signature.kind !== "template") return [];
  const other = signature.alsoIn?.map((name) => `${name}: the same`) ?? [];
  return [...Object.entries(signature.headers).map(([name, template]) => `${name}: ${template}`), ...other];
}

/** How several signatures may stand in one message; undefined where there is one at the most. */
export function rotationText({ signature }: Scheme): string | undefined {
  if (signature.kind !== "template") return undefined;
  const { separator, alsoIn, headers } = signature;
  if (Object.keys(headers).some((name) => name.includes("{n}")))
    return "one header for each secret; any of them may hold";
  if (alsoIn) return "a second header; any of them may hold";
  if (separator === undefined) return undefined;
  const between = { ",": "commas", ";": "semicolons", " ": "spaces" }[separator];
  return `several in one header with ${between} between them; any of them may hold`;
}

/** How a signature is written down: `HMAC-SHA256, in hex`; undefined where there is none. */
export function methodText({ signature }: Scheme): string | undefined {
  if (signature.kind !== "template" && signature.kind !== "code") return undefined;
  return `${algorithmNames[signature.algorithm]}, in ${encodingNames[signature.encoding]}`;
}
