import type { Body } from "../model/body.ts";
import type { HeaderPairs } from "../model/headers.ts";
import type { Message } from "../model/request.ts";
import type { MessageView } from "./message-view.ts";
import type { RecognisedBy } from "./recognised-by.ts";

/**
 * How one provider signs its requests and names its events. Nearly all of it is data, and a person's own scheme in the
 * configuration file is the same object; `signature.kind: "code"` is for the few rules that no template can write down.
 */
export interface Scheme {
  /** As it is written on a command line: `stripe`. */
  readonly name: string;
  /** As its owner writes it: `Stripe`. */
  readonly title: string;
  /** Page or code that the rule was taken from. */
  readonly source: string;
  readonly trust: Trust;
  /** What only this provider sends; headers that others send too stand in `evidence.ts`. */
  readonly recognisedBy?: RecognisedBy;
  readonly signature: Signature;
  /** Places, alternatives in order: `h:x-event-id|b:id`. Parts of one value are joined: `b:object+b:entry.0.field`. */
  readonly eventId?: string;
  readonly eventType?: string;
  /** Counts the provider's attempts; `attemptsFrom` is what it writes for the first one. Default 1. */
  readonly attempt?: string;
  readonly attemptsFrom?: 0 | 1;
  /** When the event happened: ISO 8601 with a zone, or seconds or milliseconds since 1970. */
  readonly occurredAt?: string;
  /** The id of what the event is about, unlike among all that the provider sends. */
  readonly objectId?: string;
  /** What the provider sends beside the signature, in its order; templates that `besideHeaders` fills. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly userAgent?: string;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** A name in the registry of handshakes. */
  readonly handshake?: string;
  /** The name of its schedule of retries. */
  readonly schedule?: string;
  /** How long the provider waits for an answer. Default 10,000. */
  readonly ackBudgetMs?: number;
  /** What its own SDK does that hookcli does not. */
  readonly sdk?: readonly SdkQuirk[];
  /** Headers that its own SDK demands beside the signature: all of one of these sets. */
  readonly sdkHeaders?: readonly (readonly string[])[];
  readonly vectors?: readonly Vector[];
}

/**
 * How far the facts can be trusted: `measured` against the provider's official package, read in its own `code` or its
 * `official` documentation, `quoted` from it by others, `secondary`, or of our own making (`reference`).
 */
export type Trust = "measured" | "code" | "official" | "quoted" | "secondary" | "reference";

/**
 * `reserialises`: verifies its own JSON form of the body, so only compact JSON passes. `reads-text`: decodes the body
 * first, so one that is not UTF-8 is refused. `last-signature-only`: of several it reads the last. `no-age-check`: old
 * timestamps pass. `refuses-empty`: an empty body is an error. `refuses-spaces`: no space may stand between the items of the
 * signature's header. `secret-of-64`: takes only secrets of 64 characters.
 */
export type SdkQuirk =
  | "reserialises"
  | "reads-text"
  | "last-signature-only"
  | "no-age-check"
  | "refuses-empty"
  | "refuses-spaces"
  | "secret-of-64";

export type Signature = TemplateSignature | CodeSignature | StaticSignature | UnjudgedSignature | NoSignature;

export type Algorithm =
  | "hmac-sha256"
  | "hmac-sha1"
  | "hmac-sha512"
  /** A plain hash, with {secret} in the content. */
  | "sha256"
  | "ed25519"
  | "ecdsa-p256-sha256";

export type Encoding = "hex" | "base64" | "base64url";

/**
 * How the secret becomes a key. `whsec`: base64 behind `whsec_`. `whsec-or-utf8`: that, or the text itself where the prefix
 * is missing. `ed25519`: hex, base64, `whsk_`/`whpk_` or PEM. `ecdsa`: PEM, or base64 of DER.
 */
export type KeyForm = "utf8" | "utf8-nfkd" | "base64" | "hex" | "whsec" | "whsec-or-utf8" | "ed25519" | "ecdsa";

/** A signature over a text that a template describes, in a header that another one describes. */
export interface TemplateSignature {
  readonly kind: "template";
  readonly algorithm: Algorithm;
  readonly encoding: Encoding;
  readonly key: KeyForm;
  /** Over {ts} {id} {body} {url} {method} {path} {secret}; {body} are the raw bytes. */
  readonly content: string;
  /** Header templates in the order in which they are sent; one holds {sig}. {n} in its name counts headers from 1. */
  readonly headers: Readonly<Record<string, string>>;
  /** Other names of the signature header. */
  readonly alsoIn?: readonly string[];
  /** Between the items of the signature header; undefined: it holds one. */
  readonly separator?: "," | ";" | " ";
  readonly timestamp?: TimestampRule;
}

export interface TimestampRule {
  readonly unit: "s" | "ms" | "iso";
  /** Oldest age that its verifiers take; undefined: they look at no age. */
  readonly toleranceMs?: number;
  /** Whether they refuse a time that lies as far ahead. */
  readonly refusesFuture?: boolean;
  /** In the body, as `b:webhookTimestamp`; undefined: where {ts} stands in the headers. */
  readonly place?: string;
}

/** A rule that needs code. */
export interface CodeSignature extends SignatureRule {
  readonly kind: "code";
  /** Where it stands, for people: headers with their templates, or a place in the body. */
  readonly standsIn?: readonly string[];
}

/** A secret that is sent along and compared, and proves nothing about the content. */
export interface StaticSignature {
  readonly kind: "static";
  /** `h:x-gitlab-token` or `b:passcode` */
  readonly place: string;
  /**
   * Where a signature by this rule is there, it alone decides: nothing falls back to the token. Its secrets are those that
   * begin with `whsec_`.
   */
  readonly unlessSigned?: TemplateSignature;
}

/** Recognised only. */
export interface UnjudgedSignature {
  readonly kind: "unjudged";
  /** What judging would need, as the end of a sentence: `PayPal's certificate, which only the network has`. */
  readonly why: string;
}

/** There is nothing to judge: a format, not a signature. */
export interface NoSignature {
  readonly kind: "none";
}

/** What judging and signing ask of a rule, whether it was made from a template or written by hand. Nothing throws. */
export interface SignatureRule {
  readonly algorithm: Algorithm;
  readonly encoding: Encoding;
  readonly key: KeyForm;
  readonly timestamp?: TimestampRule | undefined;
  /** Whether {url} is part of the content, so that the public address must be known. */
  readonly signsUrl: boolean;
  /** The content in words, for people: `{ts}.{body}`. */
  readonly describes: string;
  /** What a message presents. */
  present(view: MessageView): Presented;
  /**
   * What was signed, given the address that the provider posted to.
   * @returns several where a provider writes the same in several ways; none where it cannot be worked out
   */
  contents(view: MessageView, presented: PresentedSignature, context: ContentContext): readonly Content[];
  /**
   * Puts a fresh signature in place of any that is there.
   * @param mac signs content under the secret and encodes it
   */
  sign(draft: Draft, stamp: Stamp, mac: Mac): Promise<Message>;
}

/** Signs content over a body under the secret at hand, and encodes the signature as the scheme does. */
export type Mac = (content: Content, body: Body) => Promise<string>;

export interface ContentContext {
  /** As the provider has it: scheme, host, path and query. */
  readonly url: string;
  /** For the hashes that hold it. */
  readonly secretText: string;
}

/** Bytes that are hashed one after another; `body` stands for those of the body, which may be in a file. */
export type Content = readonly (Uint8Array | "body")[];

export type Presented =
  | { readonly kind: "absent" }
  /** A signature is there, and what must stand beside it is not. */
  | { readonly kind: "incomplete"; readonly missing: string }
  /** `why` follows "the header …": `holds no v1=`. */
  | { readonly kind: "malformed"; readonly place: string; readonly why: string }
  | {
      readonly kind: "present";
      /** Never empty. */
      readonly signatures: readonly PresentedSignature[];
    };

export interface PresentedSignature {
  readonly text: string;
  /** Where it stands: `Stripe-Signature, 2nd v1`. */
  readonly place: string;
  /** The time that belongs to it, as it was written and in milliseconds; NaN where it is no time. */
  readonly timestamp?: { readonly text: string; readonly atMs: number } | undefined;
  /**
   * What it vouches for, where a message carries several that each cover something of their own: one of each must hold, and
   * the others of the same name stand in for it. Undefined: any one is enough.
   */
  readonly covers?: string | undefined;
  /** By which it was made, where a scheme has several rules; its algorithm, key and times in place of the scheme's. */
  readonly rule?: SignatureRule | undefined;
}

/** A message that is to be signed, and the address that the provider would have for it. */
export interface Draft extends Message {
  readonly url: string;
}

/** What is new each time something is signed. */
export interface Stamp {
  readonly nowMs: number;
  readonly eventId: string;
  readonly eventType: string;
  /** From 1. */
  readonly attemptNumber: number;
  /** A fresh one on each call. */
  readonly uuid: () => string;
  /** For the hashes that hold it. */
  readonly secretText: string;
}

/** Known input and output, from the provider's own pages where it has some. */
export interface Vector {
  readonly source: string;
  readonly secret: string;
  readonly headers: HeaderPairs;
  /** UTF-8. */
  readonly body: string;
  readonly url?: string;
  readonly method?: string;
  /** When it is judged; undefined: at the time that it was signed. */
  readonly atMs?: number;
}
