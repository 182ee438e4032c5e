import { revealing, usualMask } from "../../src/core/model/mask.ts";
import type { Verification, VerifySubject } from "../../src/app/looking/verification.ts";
import type { Message } from "../../src/core/model/request.ts";
import type { ExplainContext } from "../../src/core/schemes/explain/explain.ts";
import { explained, schemeNamed, SIGNED_AT_S, stripeMessage } from "./explained.ts";

export interface VerificationWanted {
  readonly message?: Partial<Message>;
  readonly context?: Partial<ExplainContext>;
  readonly scheme?: string;
  readonly subject?: Partial<VerifySubject>;
  readonly isRevealed?: boolean;
}

/** A request of Stripe's as `verify` has looked at it: it holds, unless something is changed. */
export async function verification(wanted: VerificationWanted = {}): Promise<Verification> {
  const { scheme = "stripe", isRevealed = false } = wanted;
  const message = stripeMessage(wanted.message);
  return {
    subject: {
      message,
      completeness: "complete",
      receivedAtMs: SIGNED_AT_S * 1000 + 500,
      provider: undefined,
      requestId: 44,
      urls: ["https://shop.test/hooks"],
      ...wanted.subject,
    },
    recognition: {
      provider: scheme,
      scheme: schemeNamed(scheme),
      confidence: "certain",
      reason: "header stripe-signature",
    },
    explanation: await explained(message, wanted.context, scheme),
    mask: isRevealed ? revealing : usualMask,
  };
}
