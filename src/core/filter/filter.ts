import type { VerdictKind } from "../model/verdict.ts";

/**
 * The one filter language (`status:5xx type:order.* -path:/health "some text"`): every command and the page share it.
 * Terms stand side by side and all must hold; `-` before one negates it.
 */
export type Filter = readonly Term[];

export interface Term {
  readonly isNegated: boolean;
  readonly condition: Condition;
  /** Where it stands in the text that was parsed. */
  readonly from: number;
  readonly to: number;
}

/** A term that stands in no text: made by a flag, or by what a command is about. */
export function term(condition: Condition, isNegated = false): Term {
  return { isNegated, condition, from: 0, to: 0 };
}

/** What one term asks for. Those about a delivery look at the one that tells how a request fared (`tellingDelivery`). */
export type Condition =
  /** Status of the response that the last ended attempt got, both ends included. */
  | { readonly kind: "status"; readonly least: number; readonly most: number }
  /** No such response: nothing was forwarded, nothing has ended yet, or nothing came back. */
  | { readonly kind: "no-status" }
  | { readonly kind: "state"; readonly state: FilterState }
  /** Duration of the last ended attempt in milliseconds; `=` means that it rounds to this. */
  | { readonly kind: "duration"; readonly compared: Comparison; readonly ms: number }
  /** Attempts so far, the running one included; 0 where nothing was forwarded. */
  | { readonly kind: "attempts"; readonly compared: Comparison; readonly count: number }
  /** ASCII letters in any case. */
  | { readonly kind: "method"; readonly method: string }
  /** Globs over the path without its query, and over the event type, letter case told apart. */
  | { readonly kind: "path"; readonly glob: string }
  | { readonly kind: "type"; readonly glob: string }
  | { readonly kind: "event"; readonly eventId: string }
  /** Glob over the name of who sent it; one that nobody recognised fits none. */
  | { readonly kind: "provider"; readonly glob: string }
  /** What was found about its signature; one that was never judged fits none. */
  | { readonly kind: "signature"; readonly finding: SignatureFinding }
  | { readonly kind: "id"; readonly least: number; readonly most: number }
  /** Arrived at most so long ago, or at this time or later; both in milliseconds. */
  | { readonly kind: "age"; readonly mostMs: number }
  | { readonly kind: "since"; readonly atMs: number }
  /** A header field of this name; with `value` one whose value holds it. ASCII letters of both in any case. */
  | { readonly kind: "header"; readonly name: string; readonly value: string | undefined }
  /** Substring of target, event type, headers or body; ASCII letters in any case. */
  | { readonly kind: "text"; readonly text: string };

export const FILTER_STATES = [
  "ok",
  "failed",
  "pending",
  "replay",
  "refused",
  "malformed",
  "edited",
  "faulted",
  "duplicate",
  "out-of-order",
] as const;
/** `ok`, `failed`, `pending` and `replay` are told of the telling delivery, the others of the request itself. */
export type FilterState = (typeof FILTER_STATES)[number];

/** A verdict, or `failed` for all that say no. */
export type SignatureFinding = VerdictKind | "failed";

export type Comparison = "<" | "<=" | "=" | ">=" | ">";

/** Conditions that are known when a request arrives; the others need its deliveries. */
export function isKnownOnArrival(condition: Condition): boolean {
  switch (condition.kind) {
    case "status":
    case "no-status":
    case "duration":
    case "attempts":
      return false;
    case "state":
      return ["refused", "malformed", "edited"].includes(condition.state);
    case "method":
    case "path":
    case "type":
    case "event":
    case "provider":
    case "signature":
    case "id":
    case "age":
    case "since":
    case "header":
    case "text":
      return true;
    default:
      return condition satisfies never;
  }
}
