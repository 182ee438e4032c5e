import type { OutgoingFault } from "../../core/faults/outgoing/outgoing-fault.ts";
import type { Body } from "../../core/model/body.ts";
import { HookcliError } from "../../core/model/errors.ts";
import type { HeaderPairs } from "../../core/model/headers.ts";
import type { Message } from "../../core/model/request.ts";
import type { Secret } from "../../core/model/secret.ts";
import { besideHeaders } from "../../core/schemes/beside-headers.ts";
import { setHeader } from "../../core/schemes/header-edit.ts";
import { judge } from "../../core/schemes/judge.ts";
import { MessageView } from "../../core/schemes/message-view.ts";
import type { Scheme } from "../../core/schemes/scheme.ts";
import { signMessage } from "../../core/schemes/sign.ts";

/** An event that is ready to be sent as often as it is wanted. */
export interface OutgoingEvent {
  readonly scheme: Scheme;
  readonly eventId: string;
  /** As the provider writes it in its headers. */
  readonly headerType: string;
  readonly body: Body;
  readonly contentType: string;
  /** Set in place of what the provider sends beside its signature. */
  readonly headers: HeaderPairs;
}

/** How one attempt of it is made. */
export interface AttemptOptions {
  /** Undefined: it goes out unsigned. */
  readonly secret: Secret | undefined;
  /** The time that is signed. */
  readonly signedAtMs: number;
  /** Path and query under the target. */
  readonly target: string;
  /** Where the provider would say that it posts to. */
  readonly url: string;
  /** Of a sender that has none of its own. */
  readonly userAgent: string;
  /** What is wrong with it on purpose; here only what changes the message counts. */
  readonly faults: readonly OutgoingFault[];
  /** A fresh one on each call. */
  readonly uuid: () => string;
}

/** A request as its provider would post it. */
export interface ComposedEvent {
  readonly message: Message;
  /** False without a secret, and where the provider's rule finds nothing in the body that it could sign. */
  readonly isSigned: boolean;
}

/**
 * The request that a provider would post for an event, with a signature of its own.
 * @throws BAD_SECRET, NOT_TAMPERABLE
 */
export async function composeEvent(event: OutgoingEvent, options: AttemptOptions): Promise<ComposedEvent> {
  const { scheme, eventId, headerType, body } = event;
  const { secret, signedAtMs, target, url, uuid } = options;
  const stamp = { nowMs: signedAtMs, eventId, eventType: headerType, attemptNumber: 1, uuid };
  const agent = scheme.userAgent ?? options.userAgent;
  const beside = besideHeaders(scheme, stamp);
  let headers: HeaderPairs = ["Accept", "*/*", "User-Agent", agent, "Content-Type", event.contentType, ...beside];
  for (let at = 0; at < event.headers.length; at += 2)
    headers = setHeader(headers, event.headers[at] ?? "", event.headers[at + 1] ?? "");
  const draft = edited({ method: "POST", target, headers, body }, options.faults);
  if (!secret) return { message: { ...draft, headers: withId(draft.headers, event) }, isSigned: false };
  const signed = await signMessage({ ...draft, url }, scheme, secret, stamp);
  // Where a rule finds no place for its signature, it changes neither headers nor body.
  const isSigned = signed.headers !== draft.headers || signed.body !== draft.body;
  return { message: await spoiled(signed, event, { ...options, secret }), isSigned };
}

/** Where the id of an event stands in a header of the signature alone, it is sent without a signature too. */
function withId(headers: HeaderPairs, { scheme: { eventId: place = "" }, eventId }: OutgoingEvent): HeaderPairs {
  const name = /^h:([^|+]+)$/.exec(place)?.[1];
  return name === undefined ? headers : setHeader(headers, name, eventId);
}

/** Before it is signed, so that the signature holds. */
function edited(message: Message, faults: readonly OutgoingFault[]): Message {
  return faults.reduce((so, { change }) => (change.stage === "draft" ? change.edit(so) : so), message);
}

/** After it was signed. */
async function spoiled(
  signed: Message,
  { scheme }: OutgoingEvent,
  { secret, signedAtMs, url, faults }: AttemptOptions & { readonly secret: Secret },
): Promise<Message> {
  const context = { secrets: [secret], isExpected: true, urls: [url], atMs: signedAtMs };
  const isNoticed = async (message: Message): Promise<boolean> => {
    const { verdict } = await judge(new MessageView(message), scheme, context);
    return verdict.kind !== "verified";
  };
  let message = signed;
  for (const { change } of faults) {
    if (change.stage !== "signed") continue;
    const changed = await change.edit(message, isNoticed);
    if (!changed) throw new HookcliError("NOT_TAMPERABLE", { provider: scheme.name });
    message = changed;
  }
  return message;
}
