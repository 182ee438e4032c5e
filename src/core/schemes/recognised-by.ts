import type { MessageView } from "./message-view.ts";
import { readPlace, stepInto } from "./places.ts";

/**
 * How sure it is. `certain`: only this sender writes it. `likely`: others might, and nothing says so. `guess`: the form is
 * known, the sender is not.
 */
export type Confidence = "certain" | "likely" | "guess";

/** What tells that a request comes from one provider and from nobody else; any of it is enough. */
export interface RecognisedBy {
  /** Headers that nobody else sends, in lower case. */
  readonly headers?: readonly string[];
  /** In the query of a first question; looked at where no header says anything. */
  readonly query?: ContentMark;
  /** Looked at where neither a header nor the query says anything. */
  readonly body?: ContentMark;
}

/** What tells who sent a request beside its headers. */
export interface ContentMark {
  /** The end of "recognised by …": `notificationItems in the body`. */
  readonly says: string;
  readonly holds: (view: MessageView) => boolean;
  /** Default `certain`. */
  readonly confidence?: Confidence;
}

/** A mark, and the scheme whose it is. */
export interface ContentEvidence extends ContentMark {
  readonly provider: string;
}

/**
 * A GET with this name in its query, with which a provider asks for the first time whether an address is willing.
 * @param agent what its User-Agent starts with, where others ask with the same name
 */
export function askedWith(name: string, agent?: string): ContentMark {
  const from = agent === undefined ? "" : `, from a User-Agent that starts with ${agent}`;
  return {
    says: `${name} in the query${from}`,
    holds: (view) =>
      view.message.method === "GET" &&
      readPlace(view, `q:${name}`) !== undefined &&
      (agent === undefined || isFrom(view, agent)),
  };
}

/** Whether the User-Agent starts with a text, in any letter case. */
export function isFrom(view: MessageView, agent: string): boolean {
  return view.header("user-agent")?.toLowerCase().startsWith(agent.toLowerCase()) === true;
}

/** Whether a text stands at the end of some steps into a JSON value. */
export function isTextAt(json: unknown, ...steps: readonly string[]): boolean {
  return typeof stepInto(json, steps) === "string";
}
