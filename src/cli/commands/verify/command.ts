import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const verify: CommandOf<typeof flags> = {
  name: "verify",
  group: "Look",
  summary: "Say whether a signature holds, and if not, why",
  description:
    "Tells what was signed, in which header and by which rule, and how old it is. Where a signature does not hold, hookcli computes up to 2,000 variants of secret, body, content and encoding, names the one that would hold, and says what to do. A message that is not in the store is given with --body-file and --header. Exit 0: it is verified; 1: it is not.",
  arguments: [
    {
      name: "[request]",
      description: "42, #42, latest, latest~1 for the one before it, latest:order.*, or the event's own id",
    },
  ],
  flags,
  examples: [
    { line: "hookcli verify latest", says: "with the secrets that are configured" },
    { line: 'hookcli verify 42 --secret "$WEBHOOK_SECRET" --tolerance 0', says: "whatever its age" },
    {
      line: 'hookcli verify --body-file body.json --header "Stripe-Signature: t=1772600767,v1=5257a8…" --secret whsec_…',
      says: "what a colleague sent you",
    },
  ],
  load: async () => (await import("./action.ts")).verify,
};
