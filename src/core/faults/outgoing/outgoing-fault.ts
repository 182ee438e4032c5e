import type { Body } from "../../model/body.ts";
import type { Clock } from "../../model/clock.ts";
import type { Message } from "../../model/request.ts";
import type { OutgoingFaultName } from "./outgoing-fault-names.ts";

/** One kind of deliberate misbehaviour towards a handler: it changes one attempt of an event that would be right without it. */
export interface OutgoingFault {
  readonly name: OutgoingFaultName;
  /** One sentence: what is sent. */
  readonly summary: string;
  /** One sentence: what a handler that is right makes of it. */
  readonly expected: string;
  /** How `hookcli send` is told. */
  readonly flag: string;
  readonly change: OutgoingChange;
}

/** Where on its way an attempt is changed: in the order of the stages. */
export type OutgoingChange =
  /** It is signed as if it were so much later; earlier where this is negative. */
  | { readonly stage: "time"; readonly offsetMs: number }
  /** The message before it is signed, so that its signature holds. */
  | { readonly stage: "draft"; edit(message: Message): Message }
  /**
   * The message after it was signed.
   * @param isNoticed whether the signature of a changed message fits no more
   * @returns undefined where nothing that can be changed is signed
   */
  | {
      readonly stage: "signed";
      edit(message: Message, isNoticed: (changed: Message) => Promise<boolean>): Promise<Message | undefined>;
    }
  /** How the body travels, its announced length being that of the whole. It can be read once. */
  | { readonly stage: "wire"; edit(body: Body, clock: Clock): Body }
  /** So many attempts in place of one, all of the same event. */
  | { readonly stage: "copies"; readonly copies: number };
