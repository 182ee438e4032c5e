import { secretFlag } from "../../flag-groups/secret-flags.ts";
import type { Command } from "../../settings/command.ts";

export const verify: Command = {
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
  flags: [
    secretFlag,
    {
      flags: "--provider <name>",
      description: "whose request it is (default: it is recognised); hookcli providers lists them",
      env: "HOOKCLI_PROVIDER",
    },
    {
      flags: "--at <time>",
      description:
        "count the age against this time: now, 2026-03-04T05:06:07Z or epoch seconds (default: when it came)",
    },
    {
      flags: "--tolerance <duration>",
      description: "greatest age in place of the provider's own; 0: any age",
    },
    {
      flags: "--public-url <url>",
      description: "where the provider posts to, for the providers that sign it (Twilio, Square, HubSpot, Trello)",
      env: "HOOKCLI_PUBLIC_URL",
    },
    { flags: "--body-file <file>", description: "verify this body, which is in no store; - reads standard input" },
    {
      flags: "-H, --header <field>",
      description: 'a header of it ("Name: value"); again for more',
      isRepeatable: true,
    },
    { flags: "--method <method>", description: "its method (default: POST)" },
    { flags: "--url <url>", description: "the address that it was posted to, or its path" },
    { flags: "--reveal", description: "print the expected signature, and mask nothing in bodies and addresses" },
  ],
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
