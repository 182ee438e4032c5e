import type { Secret } from "../../model/secret.ts";
import type { Judgement } from "../judge.ts";
import type { Scheme, SignatureRule } from "../scheme.ts";
import type { SearchResult } from "./search.ts";
import type { SignedPart } from "./signed-parts.ts";

/** Everything there is to say about the signature of one message. Texts of it may come from anywhere. */
export interface Explanation {
  readonly scheme: Scheme;
  /** The two findings, and what they rest on. */
  readonly judgement: Judgement;
  /** By which the signature was made; undefined: the scheme has no rule, or sends the secret itself. */
  readonly rule: SignatureRule | undefined;
  /** What the scheme says was signed; empty where that cannot be worked out. */
  readonly signed: readonly SignedPart[];
  readonly age: Age | undefined;
  /** The secrets that were tried, in their order. */
  readonly secrets: readonly TriedSecret[];
  /** As the scheme would have it under the first usable secret; undefined: nothing can be computed. For --reveal only. */
  readonly expected: string | undefined;
  /** As it came; several where there are several. */
  readonly received: readonly ReceivedSignature[];
  /** Where the signature does not hold: what would make it hold. */
  readonly search: SearchResult | undefined;
  /** Where the provider's own SDK does otherwise, a sentence each. */
  readonly advice: readonly string[];
}

/** How old a signature was when it was judged. */
export interface Age {
  readonly signedAtMs: number;
  /** Against which it counts. */
  readonly judgedAtMs: number;
  /** Negative: it was signed later than that. */
  readonly ageMs: number;
  /** Undefined: its verifiers look at no age. */
  readonly toleranceMs: number | undefined;
}

export interface TriedSecret {
  readonly secret: Secret;
  /** The end of a sentence; undefined: it can be used. */
  readonly problem: string | undefined;
}

export interface ReceivedSignature {
  readonly text: string;
  readonly place: string;
}
