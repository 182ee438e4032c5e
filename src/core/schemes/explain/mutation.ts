import type { HeaderPairs } from "../../model/headers.ts";
import type { Secret } from "../../model/secret.ts";
import type { MessageView } from "../message-view.ts";
import type { Algorithm, KeyForm, PresentedSignature, Scheme, SignatureRule } from "../scheme.ts";

/**
 * One thing that a sender, a proxy or a person may have done otherwise than the scheme says. Most change what was
 * computed; `reading` ones only say how a signature was written down, which costs no computation to look through.
 */
export type Mutation = ComputedMutation | ReadingMutation;

interface MutationWords {
  /** Stable, for machines: `json-python`. */
  readonly name: string;
  /** What was done, as the end of "The signature holds if …". {detail} is the variation's. */
  readonly says: string;
  /** What to do about it, in one sentence. {secret} is the name of the secret, {detail} the variation's. */
  readonly fix: string;
}

export interface ComputedMutation extends MutationWords {
  /** Two mutations of one aspect exclude each other. */
  readonly aspect: Aspect;
  /** The ways in which it may have been done, the likeliest first. */
  vary(scene: Scene): Iterable<Variation>;
}

export interface ReadingMutation extends MutationWords {
  readonly aspect: "reading";
}

export type Aspect =
  /** Which text the secret is. */
  | "secret"
  /** How that text becomes a key. */
  | "key"
  /** The content of the body. */
  | "body"
  /** What stands before and behind it: line ends, a byte order mark. */
  | "edges"
  /** What is put together with the body, and how. */
  | "content"
  | "timestamp"
  | "url"
  | "algorithm"
  | "scheme";

export interface Variation {
  readonly detail?: string;
  /** Undefined where it would change nothing. */
  apply(hypothesis: Hypothesis): Hypothesis | undefined;
}

/** What may have been computed. */
export interface Hypothesis {
  readonly scheme: Scheme;
  /** Undefined where the scheme sends the secret itself. */
  readonly rule: SignatureRule | undefined;
  /** As it was given. */
  readonly secret: Secret;
  readonly secretText: string;
  readonly keyForm: KeyForm;
  readonly algorithm: Algorithm;
  readonly body: Uint8Array;
  /** A template in place of the rule's own content. */
  readonly content: string | undefined;
  /** Whose content it is: a body with several signatures has one for each. Undefined: none can be read. */
  readonly presented: PresentedSignature | undefined;
  /** As it stood in the content. */
  readonly timestamp: string | undefined;
  readonly url: string;
}

/** What there is to vary. */
export interface Scene {
  /** Its body is in memory. */
  readonly view: MessageView;
  readonly scheme: Scheme;
  /** Undefined where the scheme sends the secret itself. */
  readonly rule: SignatureRule | undefined;
  readonly body: Uint8Array;
  readonly headers: HeaderPairs;
  /** Of other providers. */
  readonly otherSecrets: readonly Secret[];
  /** All that are known. */
  readonly schemes: readonly Scheme[];
  /** Where the provider may have posted to, as far as a person said so, else as the request says. */
  readonly urls: readonly string[];
  /** What the request itself says of that, whatever a person said. */
  readonly ownUrls: readonly string[];
  /** Everything in the request that looks like the time of signing, as it was written; likeliest first. */
  readonly times: readonly string[];
  /** The same for the id of the event. */
  readonly ids: readonly string[];
}
