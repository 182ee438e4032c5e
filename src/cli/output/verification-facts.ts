import type { Mask } from "../../core/model/mask.ts";
import type { Explanation } from "../../core/schemes/explain/explanation.ts";
import type { Recognition } from "../../core/schemes/recognise.ts";
import type { VerifySubject } from "../actions/verify-subject.ts";

/** A message, who sent it, and what was found about its signature. */
export interface Verification {
  readonly subject: VerifySubject;
  readonly recognition: Recognition | undefined;
  /** Undefined: there is no rule to judge it by, or not all of it is there. */
  readonly explanation: Explanation | undefined;
  readonly mask: Mask;
}
