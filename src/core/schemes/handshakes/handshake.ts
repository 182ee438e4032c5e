import type { EventFacts } from "../../model/request.ts";
import type { HeaderPairs } from "../../model/headers.ts";
import type { Secret } from "../../model/secret.ts";
import type { MessageView } from "../message-view.ts";

/**
 * What a provider asks of an address before, or beside, sending events to it, and the answer that it wants. An entry
 * answers from the message alone: nothing is visited, and nothing throws.
 */
export interface Handshake {
  /** As `Scheme.handshake` and the records name it: `slack`. */
  readonly name: string;
  /** As its owner writes it: `Slack`. */
  readonly title: string;
  /** Page or code that the rule was taken from. */
  readonly source: string;
  /** Where it shows, so that nearly every request costs only the look there. */
  readonly shows: HandshakeMark;
  /** @returns undefined where it is not this handshake after all, or asks for something that must not be sent back */
  answer(view: MessageView, context: HandshakeContext): HandshakeAnswer | undefined;
}

export interface HandshakeMark {
  readonly in: "method" | "header" | "query" | "field";
  /** The method, a header's name in lower case, a name in the query, or a field at the top of a JSON body. */
  readonly as: string;
}

export interface HandshakeContext {
  /** Who sent it, and what was found about its signature, as far as that is known. */
  readonly facts: EventFacts;
  /** All that are known, whatever provider they are for. */
  readonly secrets: readonly Secret[];
}

/** What hookcli says in place of a target. */
export interface HandshakeAnswer {
  readonly reply: HandshakeReply;
  /** One sentence for the person who watches. May hold text from the request: it goes through the Printer. */
  readonly note: string;
  /** An address that the person has to visit to agree; hookcli never does. */
  readonly link?: string | undefined;
}

export interface HandshakeReply {
  readonly status: number;
  /** Safe to be written as they are. */
  readonly headers: HeaderPairs;
  /** At most 8 KiB; empty: none. */
  readonly body: string;
}

/** An answer, and whose handshake it belongs to. */
export interface NamedHandshakeAnswer extends HandshakeAnswer {
  readonly name: string;
  readonly title: string;
}
