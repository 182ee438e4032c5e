import type { Mask } from "../../core/model/mask.ts";
import type { Explanation } from "../../core/schemes/explain/explanation.ts";
import type { Recognition } from "../../core/schemes/recognise.ts";
import type { Completeness, Message } from "../../core/model/request.ts";

/** What is verified: a stored request, or a message that was given by hand. */
export interface VerifySubject {
  readonly message: Message;
  readonly completeness: Completeness;
  /** When it came; undefined: nobody knows. */
  readonly receivedAtMs: number | undefined;
  /** Whose it is, as far as the store says. */
  readonly provider: string | undefined;
  readonly requestId: number | undefined;
  /** Where the provider may have posted to, likeliest first. */
  readonly urls: readonly string[];
}

/** A message, who sent it, and what was found about its signature. */
export interface Verification {
  readonly subject: VerifySubject;
  readonly recognition: Recognition | undefined;
  /** Undefined: there is no rule to judge it by, or not all of it is there. */
  readonly explanation: Explanation | undefined;
  readonly mask: Mask;
}
